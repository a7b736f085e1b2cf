package org.casewire.ingest.sweep;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.site.TwilioCredentials.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads Twilio's lists, page after page, never computing where the next page is. */
@Component
class TwilioLists {

    private static final int POOL_PAGE = 100;

    private final TwilioAddress address;
    private final TwilioCalls calls;
    private final int pageSize;

    TwilioLists(TwilioAddress address, TwilioCalls calls, SweepProperties properties) {
        this.address = address;
        this.calls = calls;
        this.pageSize = properties.pageSize();
    }

    /** The texts to a number from a time to before another, the oldest first. */
    List<TwilioText> inbound(Account account, String to, Instant from, Instant before, Turn turn) {
        String first = messages(account) + ".json?PageSize=" + pageSize + "&To=" + encoded(to) + "&DateSent%3E="
                + encoded(from.toString()) + "&DateSent%3C=" + encoded(before.toString());
        List<TwilioText> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        eachPage(account, address.api(), first, turn, page -> {
            for (JsonNode message : page.path("messages")) {
                // Not all of Twilio reads the time in a date: what was not asked for is left out here.
                TwilioText.of(message)
                        .filter(text -> text.to().equals(to))
                        .filter(text -> !text.at().isBefore(from) && text.at().isBefore(before))
                        .filter(text -> seen.add(text.sid()))
                        .ifPresent(texts::add);
            }
        });
        // Newest first as listed; what came in the same second keeps its order.
        return texts.reversed().stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
    }

    /** Twilio does not know what it was asked for. */
    private static final class Unknown extends CannotSweep {
        Unknown() {
            super("Twilio does not know what it was asked for (404). Correct the site's senders or its account");
        }
    }

    /** The files of a text, by the addresses its webhook would have named; none when it was deleted at Twilio since. */
    List<Media> media(Account account, String sid, Turn turn) {
        try {
            return mediaOf(account, sid, turn);
        } catch (Unknown deleted) {
            return List.of();
        }
    }

    private List<Media> mediaOf(Account account, String sid, Turn turn) {
        String path = messages(account) + "/" + encoded(sid) + "/Media";
        List<Media> media = new ArrayList<>();
        eachPage(account, address.api(), path + ".json?PageSize=" + POOL_PAGE, turn, page -> {
            for (JsonNode file : page.path("media_list")) {
                media.add(new Media(
                        address.api() + path + "/" + file.path("sid").asString(""),
                        file.path("content_type").asString(null)));
            }
        });
        return media;
    }

    /** The numbers of a Messaging Service. */
    List<String> pool(Account account, String service, Turn turn) {
        List<String> numbers = new ArrayList<>();
        String first = "/v1/Services/" + encoded(service) + "/PhoneNumbers?PageSize=" + POOL_PAGE;
        eachPage(account, address.messaging(), first, turn, page -> {
            for (JsonNode number : page.path("phone_numbers")) {
                numbers.add(number.path("phone_number").asString(""));
            }
        });
        return numbers;
    }

    private void eachPage(Account account, String base, String first, Turn turn, Consumer<JsonNode> reader) {
        Set<String> read = new HashSet<>();
        for (String next = first; next != null && read.add(next); ) {
            JsonNode page = calls.get(account, URI.create(base + next), turn);
            if (page.isMissingNode()) {
                throw new Unknown();
            }
            reader.accept(page);
            next = next(page);
        }
    }

    /** Path and query of the page after this one: whatever host it names, it is asked where this one was. */
    private static @Nullable String next(JsonNode page) {
        String address = page.path("next_page_uri")
                .asString(page.path("meta").path("next_page_url").asString(""));
        if (address.isEmpty()) {
            return null;
        }
        try {
            URI next = URI.create(address);
            return next.getRawQuery() == null ? next.getRawPath() : next.getRawPath() + "?" + next.getRawQuery();
        } catch (IllegalArgumentException unreadable) {
            throw new CannotSweep("Twilio named a next page that is no address");
        }
    }

    private static String messages(Account account) {
        return "/2010-04-01/Accounts/" + account.accountSid() + "/Messages";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
