package org.casewire.twin.number;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.twin.http.Form;
import org.casewire.twin.number.OwnNumber.Hook;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.Paging;
import org.casewire.twin.rest.Refusal;
import org.casewire.twin.rest.RestDates;
import org.casewire.twin.rest.Route;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The IncomingPhoneNumbers resource, the numbers an account has, and AvailablePhoneNumbers, those it could buy. */
public final class NumberResource {

    private static final Pattern NUMBER = Pattern.compile("\\+1[2-9]\\d{2}[2-9]\\d{6}");
    private static final double LONG_CODE_SEGMENTS_PER_SECOND = 1;

    private final Numbers numbers;
    private final AvailableNumbers available;
    private final Clock clock;

    /** Serves these numbers. */
    public NumberResource(Numbers numbers, Clock clock) {
        this.numbers = numbers;
        this.available = new AvailableNumbers(numbers);
        this.clock = clock;
    }

    /** Its operations. */
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "IncomingPhoneNumbers.json", this::list),
                Route.of("POST", "IncomingPhoneNumbers.json", this::buy),
                Route.of("GET", "IncomingPhoneNumbers/{}.json", this::fetch),
                Route.of("POST", "IncomingPhoneNumbers/{}.json", this::change),
                Route.of("DELETE", "IncomingPhoneNumbers/{}.json", this::release),
                Route.of("GET", "AvailablePhoneNumbers/{}/Local.json", available::local));
    }

    private Answer list(Call call) {
        Paging paging = Paging.of(call.query());
        String part = Optional.ofNullable(call.query().given("PhoneNumber")).orElse("");
        String name = call.query().given("FriendlyName");
        List<OwnNumber> found = numbers.of(call.account()).stream()
                .filter(own -> NumberPattern.matches(part, own.number()))
                .filter(own -> name == null || name.equals(own.friendlyName()))
                .toList();
        int start = Math.min(paging.page() * paging.size(), found.size());
        int end = Math.min(start + paging.size(), found.size());
        return Answer.object(200, json -> {
            json.writeArrayPropertyStart("incoming_phone_numbers");
            found.subList(start, end).forEach(own -> writeObject(json, own));
            json.writeEndArray();
            paging.write(json, call, end - start, end < found.size() ? "PAPN" + end : null);
        });
    }

    private Answer buy(Call call) {
        String number = wanted(call);
        if (numbers.find(number).isPresent()) {
            throw Refusal.NUMBER_GONE.error(number);
        }
        OwnNumber bought = OwnNumber.create(call.account(), number, LONG_CODE_SEGMENTS_PER_SECOND, clock.instant())
                .changedBy(call.form(), clock.instant());
        numbers.put(bought);
        return Answer.object(201, json -> write(json, bought));
    }

    private String wanted(Call call) {
        String number = call.form().given("PhoneNumber");
        String areaCode = call.form().given("AreaCode");
        if (number == null && areaCode != null) {
            return available.search(new Form().add("AreaCode", areaCode)).stream()
                    .findFirst()
                    .orElseThrow(() -> Refusal.NONE_IN_AREA.error(areaCode));
        }
        if (number == null || !NUMBER.matcher(number).matches()) {
            throw Refusal.INVALID_PHONE_NUMBER.error(String.valueOf(number));
        }
        return number;
    }

    private Answer fetch(Call call) {
        OwnNumber own = named(call);
        return Answer.object(200, json -> write(json, own));
    }

    private Answer change(Call call) {
        OwnNumber changed = named(call).changedBy(call.form(), clock.instant());
        numbers.put(changed);
        return Answer.object(200, json -> write(json, changed));
    }

    private Answer release(Call call) {
        numbers.put(named(call).release(clock.instant()));
        return new Answer.Empty();
    }

    private OwnNumber named(Call call) {
        return numbers.of(call.account()).stream()
                .filter(own -> own.sid().equals(call.variable(0)))
                .findFirst()
                .orElseThrow(call::notFound);
    }

    private static void writeObject(JsonGenerator json, OwnNumber own) {
        json.writeStartObject();
        write(json, own);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OwnNumber own) {
        String account = own.account().sid();
        json.writeStringProperty("sid", own.sid());
        json.writeStringProperty("account_sid", account);
        json.writeStringProperty("friendly_name", own.friendlyName());
        json.writeStringProperty("phone_number", own.number());
        write(json, "voice", own.voice());
        json.writeBooleanProperty("voice_caller_id_lookup", false);
        RestDates.write(json, "date_created", own.createdAt());
        RestDates.write(json, "date_updated", own.updatedAt());
        write(json, "sms", own.sms());
        json.writeStringProperty("address_requirements", "none");
        json.writeBooleanProperty("beta", false);
        AvailableNumbers.writeCapabilities(json, "sms", "mms");
        json.writeStringProperty("voice_receive_mode", "voice");
        json.writeStringProperty("status_callback", orEmpty(own.statusCallback()));
        json.writeStringProperty("status_callback_method", "POST");
        json.writeStringProperty("api_version", "2010-04-01");
        json.writeStringProperty("voice_application_sid", "");
        json.writeStringProperty("sms_application_sid", "");
        json.writeStringProperty("origin", "twilio");
        for (String unset :
                List.of("trunk_sid", "emergency_address_sid", "address_sid", "identity_sid", "bundle_sid")) {
            json.writeNullProperty(unset);
        }
        json.writeStringProperty("emergency_status", "Inactive");
        json.writeStringProperty("emergency_address_status", "unregistered");
        json.writeStringProperty("status", "in-use");
        json.writeStringProperty("type", "local");
        json.writeStringProperty(
                "uri", "/2010-04-01/Accounts/" + account + "/IncomingPhoneNumbers/" + own.sid() + ".json");
    }

    private static void write(JsonGenerator json, String product, Hook hook) {
        json.writeStringProperty(product + "_url", orEmpty(hook.url()));
        json.writeStringProperty(product + "_method", hook.method());
        json.writeStringProperty(product + "_fallback_url", orEmpty(hook.fallbackUrl()));
        json.writeStringProperty(product + "_fallback_method", hook.fallbackMethod());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
