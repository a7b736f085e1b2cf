package org.casewire.twin.message;

import java.util.List;
import java.util.function.Predicate;
import org.casewire.twin.delivery.Carrier;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.number.NumberPlan;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.FaultyLists;
import org.casewire.twin.rest.Paging;
import org.casewire.twin.rest.Refusal;
import org.casewire.twin.rest.Route;
import org.jspecify.annotations.Nullable;

/** The Messages resource. */
public final class MessageResource {

    private static final String TOKEN = "PASM";

    private final Messages messages;
    private final CreateMessage create;
    private final FaultyLists lists;

    /** Serves these messages and hands new ones to the carrier. */
    public MessageResource(Messages messages, Numbers numbers, MediaFetcher media, Carrier carrier, Faults faults) {
        this.messages = messages;
        this.create = new CreateMessage(messages, numbers, media, carrier, faults);
        this.lists = new FaultyLists(faults);
    }

    /** Its operations. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", "Messages.json", create::create),
                Route.of("GET", "Messages.json", lists.of(this::list, MessageResource::recipient)),
                Route.of("GET", "Messages/{}.json", this::fetch),
                Route.of("POST", "Messages/{}.json", this::change),
                Route.of("DELETE", "Messages/{}.json", this::delete));
    }

    private Answer list(Call call) {
        Paging paging = Paging.of(call.query());
        Predicate<Message> filter = MessageFilter.of(call.query());
        String to = recipient(call);
        // One more than the page tells whether there is a next one.
        List<Message> found = messages.before(
                call.account(), to.isEmpty() ? null : to, place(paging.token()), paging.size() + 1, filter);
        boolean more = found.size() > paging.size();
        List<Message> page = more ? found.subList(0, paging.size()) : found;
        String next = more ? TOKEN + Messages.place(page.getLast()) : null;
        return Answer.object(200, json -> {
            json.writeArrayPropertyStart("messages");
            page.forEach(message -> MessageJson.writeObject(json, message));
            json.writeEndArray();
            paging.write(json, call, page.size(), next);
        });
    }

    private static String recipient(Call call) {
        String to = call.query().given("To");
        return to == null ? "" : NumberPlan.international(to);
    }

    private static long place(@Nullable String token) {
        if (token == null) {
            return Long.MAX_VALUE;
        }
        if (!token.matches(TOKEN + "\\d{1,18}")) {
            throw Refusal.INVALID_PARAMETER.error("PageToken");
        }
        return Long.parseLong(token.substring(TOKEN.length()));
    }

    private Answer fetch(Call call) {
        Message message = named(call);
        return Answer.object(200, json -> MessageJson.write(json, message));
    }

    private Answer change(Call call) {
        Message message = named(call);
        Form form = call.form();
        String body = form.first("Body");
        String status = form.given("Status");
        if (status != null && body == null && status.equals("canceled")) {
            // Only a scheduled message could be, and the twin schedules none.
            throw Refusal.NOT_CANCELABLE.error();
        }
        if (status != null || body == null || !body.isEmpty()) {
            throw Refusal.BAD_UPDATE.error();
        }
        messages.redact(message);
        return Answer.object(200, json -> MessageJson.write(json, message));
    }

    private Answer delete(Call call) {
        Message message = named(call);
        if (message.state().status().waits()) {
            throw Refusal.UNFINISHED.error();
        }
        messages.delete(message);
        return new Answer.Empty();
    }

    private Message named(Call call) {
        return messages.find(call.account(), call.variable(0)).orElseThrow(call::notFound);
    }
}
