package org.casewire.twin.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.casewire.twin.fault.Fault.Delay;
import org.casewire.twin.fault.Fault.NotFound;
import org.casewire.twin.fault.Fault.OnMedia;
import org.casewire.twin.fault.Fault.Status;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Media;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.media.MediaStore.Stored;
import org.casewire.twin.rest.Answer;
import org.casewire.twin.rest.Call;
import org.casewire.twin.rest.FaultyLists;
import org.casewire.twin.rest.Paging;
import org.casewire.twin.rest.RestDates;
import org.casewire.twin.rest.Route;
import org.casewire.twin.rest.TwilioError;
import tools.jackson.core.JsonGenerator;

/** The Media resource: the files of a message. Their bytes are handed out elsewhere, by a link that needs no password. */
public final class MediaResource {

    private final Messages messages;
    private final MediaStore store;
    private final MediaLinks links;
    private final Faults faults;

    /** Serves the files of these messages. */
    public MediaResource(Messages messages, MediaStore store, MediaLinks links, Faults faults) {
        this.messages = messages;
        this.store = store;
        this.links = links;
        this.faults = faults;
    }

    /** Its operations; {@code Media/{}.json} stands before {@code Media/{}}. */
    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "Messages/{}/Media.json",
                        new FaultyLists(faults)
                                .of(this::list, call -> message(call).to())),
                Route.of("GET", "Messages/{}/Media/{}.json", this::fetch),
                Route.of("DELETE", "Messages/{}/Media/{}.json", this::delete),
                Route.of("GET", "Messages/{}/Media/{}", this::bytes),
                Route.of("DELETE", "Messages/{}/Media/{}", this::delete));
    }

    private Answer list(Call call) {
        Message message = message(call);
        Paging paging = Paging.of(new Form());
        List<Media> files =
                message.media().stream().filter(file -> !isDeleted(file)).toList();
        return Answer.object(200, json -> {
            json.writeArrayPropertyStart("media_list");
            for (Media file : files) {
                json.writeStartObject();
                write(json, message, file);
                json.writeEndObject();
            }
            json.writeEndArray();
            paging.write(json, call, files.size(), null);
        });
    }

    private Answer fetch(Call call) {
        Message message = message(call);
        Media file = file(call, message);
        return Answer.object(200, json -> write(json, message, file));
    }

    private Answer bytes(Call call) {
        Message message = message(call);
        Media file = file(call, message);
        return faults.onMedia(message.to(), message.from())
                .map(fault -> goWrong(fault, call, file))
                .orElseGet(() -> link(call, file));
    }

    private Answer goWrong(OnMedia fault, Call call, Media file) {
        return switch (fault) {
            case NotFound _ -> throw call.notFound();
            case Status(int status, int code) -> TwilioError.of(status, code).answer();
            case Delay(Duration delay) -> {
                faults.hold(delay);
                yield link(call, file);
            }
        };
    }

    private Answer link(Call call, Media file) {
        if (store.find(file.sid()).isEmpty()) {
            throw call.notFound();
        }
        return new Answer.Redirect(links.to(file.sid()));
    }

    private Answer delete(Call call) {
        store.delete(file(call, message(call)).sid());
        return new Answer.Empty();
    }

    private Message message(Call call) {
        return messages.find(call.account(), call.variable(0)).orElseThrow(call::notFound);
    }

    private Media file(Call call, Message message) {
        return message.media().stream()
                .filter(file -> file.sid().equals(call.variable(1)) && !isDeleted(file))
                .findFirst()
                .orElseThrow(call::notFound);
    }

    private boolean isDeleted(Media file) {
        return store.find(file.sid()).map(Stored::deleted).orElse(false);
    }

    private void write(JsonGenerator json, Message message, Media file) {
        String type = Optional.of(file.sid())
                .flatMap(store::find)
                .map(Stored::contentType)
                .orElse(file.contentType());
        json.writeStringProperty("sid", file.sid());
        json.writeStringProperty("account_sid", message.account().sid());
        json.writeStringProperty("parent_sid", message.sid());
        json.writeStringProperty("content_type", type);
        RestDates.write(json, "date_created", message.createdAt());
        RestDates.write(json, "date_updated", message.createdAt());
        json.writeStringProperty(
                "uri",
                "/2010-04-01/Accounts/" + message.account().sid() + "/Messages/" + message.sid() + "/Media/"
                        + file.sid() + ".json");
    }
}
