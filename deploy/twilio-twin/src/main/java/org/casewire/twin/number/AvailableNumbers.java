package org.casewire.twin.number;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.twin.http.Form;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.Paging;
import org.casewire.twin.rest.Refusal;
import tools.jackson.core.JsonGenerator;

/** The AvailablePhoneNumbers resource: local numbers of the United States that nobody has yet. */
final class AvailableNumbers {

    private record Place(String locality, String region, String postalCode) {}

    private static final Map<String, Place> PLACES = Map.of(
            "404", new Place("Atlanta", "GA", "30303"),
            "212", new Place("New York", "NY", "10001"),
            "312", new Place("Chicago", "IL", "60601"),
            "415", new Place("San Francisco", "CA", "94103"),
            "617", new Place("Boston", "MA", "02108"));
    private static final Place ELSEWHERE = new Place("", "", "");
    private static final int LINES = 10_000;

    private final Numbers numbers;

    AvailableNumbers(Numbers numbers) {
        this.numbers = numbers;
    }

    Answer local(Call call) {
        if (!call.variable(0).equals("US")) {
            throw call.notFound();
        }
        List<String> found = search(call.query());
        return Answer.object(200, json -> {
            json.writeArrayPropertyStart("available_phone_numbers");
            found.forEach(number -> write(json, number));
            json.writeEndArray();
            json.writeStringProperty("uri", call.path());
        });
    }

    List<String> search(Form query) {
        String areaCode = query.given("AreaCode");
        if (areaCode != null && !areaCode.matches("[2-9]\\d{2}")) {
            throw Refusal.INVALID_PARAMETER.error("AreaCode");
        }
        String contains = Optional.ofNullable(query.given("Contains")).orElse("");
        Stream<String> areaCodes = areaCode == null ? PLACES.keySet().stream().sorted() : Stream.of(areaCode);
        return areaCodes
                .flatMap(area ->
                        IntStream.range(100, 100 + LINES).mapToObj(line -> "+1%s555%04d".formatted(area, line % LINES)))
                .filter(number -> NumberPattern.matches(contains, number))
                .filter(number -> numbers.find(number).isEmpty())
                .limit(Paging.of(query).size())
                .toList();
    }

    private static void write(JsonGenerator json, String number) {
        Place place = PLACES.getOrDefault(number.substring(2, 5), ELSEWHERE);
        json.writeStartObject();
        json.writeStringProperty("friendly_name", OwnNumber.national(number));
        json.writeStringProperty("phone_number", number);
        json.writeNullProperty("lata");
        json.writeStringProperty("rate_center", place.locality().toUpperCase(Locale.ROOT));
        json.writeNullProperty("latitude");
        json.writeNullProperty("longitude");
        json.writeStringProperty("locality", place.locality());
        json.writeStringProperty("region", place.region());
        json.writeStringProperty("postal_code", place.postalCode());
        json.writeStringProperty("iso_country", "US");
        json.writeStringProperty("address_requirements", "none");
        json.writeBooleanProperty("beta", false);
        writeCapabilities(json, "SMS", "MMS");
        json.writeEndObject();
    }

    /** Both resources say what a number can do, but not in the same letters. */
    static void writeCapabilities(JsonGenerator json, String sms, String mms) {
        json.writeObjectPropertyStart("capabilities");
        json.writeBooleanProperty("voice", true);
        json.writeBooleanProperty(sms, true);
        json.writeBooleanProperty(mms, true);
        json.writeEndObject();
    }
}
