package org.casewire.twin.rest;

import org.casewire.twin.http.Form;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Which page of a list is asked for. */
public record Paging(int size, int page, @Nullable String token) {

    private static final int STANDARD_SIZE = 50;
    private static final int LARGEST_SIZE = 1_000;

    /** Reads PageSize, Page and PageToken. */
    public static Paging of(Form query) {
        return new Paging(
                number(query, "PageSize", STANDARD_SIZE, 1, LARGEST_SIZE),
                number(query, "Page", 0, 0, Integer.MAX_VALUE),
                query.given("PageToken"));
    }

    private static int number(Form query, String name, int standard, int least, int most) {
        String value = query.given(name);
        if (value == null) {
            return standard;
        }
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
            throw Refusal.INVALID_PARAMETER.error(name);
        }
        return Math.min(Integer.parseInt(value), most);
    }

    /** Writes the page's own properties; {@code next} is the token of the page after it. */
    public void write(JsonGenerator json, Call call, int count, @Nullable String next) {
        String here = address(call, page, token);
        json.writeStringProperty("first_page_uri", address(call, 0, null));
        json.writeNumberProperty("end", page * size + Math.max(0, count - 1));
        json.writeNumberProperty("start", page * size);
        json.writeNumberProperty("page", page);
        json.writeNumberProperty("page_size", size);
        // Going back is not offered: Twilio's clients only follow next_page_uri.
        json.writeNullProperty("previous_page_uri");
        if (next == null) {
            json.writeNullProperty("next_page_uri");
        } else {
            json.writeStringProperty("next_page_uri", address(call, page + 1, next));
        }
        json.writeStringProperty("uri", here);
    }

    private String address(Call call, int number, @Nullable String from) {
        Form query = new Form();
        call.query().fields().stream()
                .filter(field -> !field.name().startsWith("Page"))
                .forEach(field -> query.add(field.name(), field.value()));
        query.add("PageSize", Integer.toString(size))
                .add("Page", Integer.toString(number))
                .add("PageToken", from);
        return call.path() + "?" + query.encoded();
    }
}
