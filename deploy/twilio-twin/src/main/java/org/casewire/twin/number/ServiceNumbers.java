package org.casewire.twin.number;

import java.util.List;
import java.util.function.Supplier;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.http.Form;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.FaultyLists;
import org.casewire.twin.rest.Paging;
import org.casewire.twin.rest.Route;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The PhoneNumbers resource of a Messaging Service: which numbers are in its pool. */
public final class ServiceNumbers {

    private final Numbers numbers;
    private final FaultyLists lists;
    private final Supplier<String> baseUrl;

    /** Serves the pools of these numbers; pages are addressed below {@code baseUrl}. */
    public ServiceNumbers(Numbers numbers, FaultyLists lists, Supplier<String> baseUrl) {
        this.numbers = numbers;
        this.lists = lists;
        this.baseUrl = baseUrl;
    }

    /** Its operations below {@code /v1}. */
    public List<Route> routes() {
        return List.of(Route.of("GET", "Services/{}/PhoneNumbers", lists.of(this::list, _ -> "")));
    }

    private Answer list(Call call) {
        MessagingService service = call.account().service(call.variable(0)).orElseThrow(call::notFound);
        Paging paging = Paging.of(call.query());
        List<OwnNumber> pool = service.numbers().stream()
                .flatMap(number -> numbers.find(call.account(), number).stream())
                .toList();
        int from = Math.min(pool.size(), paging.page() * paging.size());
        int until = Math.min(pool.size(), from + paging.size());
        return Answer.object(200, json -> {
            json.writeArrayPropertyStart("phone_numbers");
            pool.subList(from, until).forEach(number -> write(json, service, number));
            json.writeEndArray();
            json.writeObjectPropertyStart("meta");
            json.writeNumberProperty("page", paging.page());
            json.writeNumberProperty("page_size", paging.size());
            json.writeStringProperty("first_page_url", address(call, paging, 0));
            json.writeStringProperty("previous_page_url", null);
            json.writeStringProperty("url", address(call, paging, paging.page()));
            json.writeStringProperty("next_page_url", next(call, paging, until < pool.size()));
            json.writeStringProperty("key", "phone_numbers");
            json.writeEndObject();
        });
    }

    private @Nullable String next(Call call, Paging paging, boolean more) {
        return more ? address(call, paging, paging.page() + 1) : null;
    }

    private String address(Call call, Paging paging, int page) {
        Form query = new Form().add("PageSize", Integer.toString(paging.size())).add("Page", Integer.toString(page));
        return baseUrl.get() + call.path() + "?" + query.encoded();
    }

    private void write(JsonGenerator json, MessagingService service, OwnNumber number) {
        json.writeStartObject();
        json.writeStringProperty("sid", number.sid());
        json.writeStringProperty("account_sid", number.account().sid());
        json.writeStringProperty("service_sid", service.sid());
        json.writeStringProperty("date_created", number.createdAt().toString());
        json.writeStringProperty("date_updated", number.updatedAt().toString());
        json.writeStringProperty("phone_number", number.number());
        json.writeStringProperty("country_code", "US");
        json.writeArrayPropertyStart("capabilities");
        json.writeString("SMS");
        json.writeString("MMS");
        json.writeEndArray();
        json.writeStringProperty(
                "url", baseUrl.get() + "/v1/Services/" + service.sid() + "/PhoneNumbers/" + number.sid());
        json.writeEndObject();
    }
}
