package org.casewire.routing.entry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.casewire.events.page.Cursor;
import org.casewire.routing.document.ReceivedFile;
import org.casewire.routing.people.UserProfiles;
import org.casewire.routing.people.UserProfiles.Colleague;
import org.casewire.routing.reply.Files;
import org.casewire.routing.reply.Reply;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.sent.SentMessage;
import org.casewire.routing.sent.SentMessage.Rejection;
import org.springframework.stereotype.Component;

/** Makes entries of texts: who people are and what became of files is asked once for all of them. */
@Component
public class Entries {

    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                    Entry::place, Comparator.comparing(Cursor::at).thenComparing(Cursor::ref))
            .reversed();

    private final UserProfiles users;
    private final Files files;

    Entries(UserProfiles users, Files files) {
        this.users = users;
        this.files = files;
    }

    private record Known(
            Map<String, Colleague> colleagues, Map<String, String> names, Map<String, List<ReceivedFile>> files) {}

    /** The texts of a site, newest first. */
    public List<Entry> of(String site, Collection<SentMessage> sent, Collection<Reply> received) {
        List<String> contacts = Stream.concat(
                        sent.stream().map(one -> one.conversation().contact()),
                        received.stream().map(one -> one.text().conversation().contact()))
                .distinct()
                .toList();
        List<String> authors = sent.stream()
                .map(one -> one.header().sentBy())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Known known = new Known(users.holding(site, contacts), users.names(site, authors), files.of(site, received));
        return Stream.concat(
                        sent.stream().map(one -> sent(one, known)),
                        received.stream().map(one -> received(one, known)))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static Entry sent(SentMessage sent, Known known) {
        Optional<Rejection> rejection = sent.rejection();
        String contact = sent.conversation().contact();
        String author = sent.header().sentBy();
        return new Entry(
                Direction.SENT,
                sent.messageId(),
                null,
                contact,
                known.colleagues().get(contact),
                sent.header().from(),
                contact,
                sent.body(),
                sent.mediaUrls().stream().map(Attachment::sent).toList(),
                sent.at(),
                sent.status(),
                sent.errorCode(),
                rejection.map(Rejection::reason).orElse(null),
                rejection.map(Rejection::detail).orElse(null),
                author,
                author == null ? null : known.names().get(author),
                sent.header().purpose(),
                Optional.ofNullable(sent.header().caseRef()).stream().toList(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                sent.erasedAt().isPresent());
    }

    private static Entry received(Reply reply, Known known) {
        String contact = reply.text().conversation().contact();
        return new Entry(
                Direction.RECEIVED,
                null,
                reply.text().sid(),
                contact,
                known.colleagues().get(contact),
                contact,
                reply.text().to(),
                reply.text().body(),
                known.files().getOrDefault(reply.text().sid(), List.of()).stream()
                        .map(Attachment::received)
                        .toList(),
                reply.text().receivedAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                reply.destination().cases(),
                reply.state(),
                reply.destination().contactId(),
                reply.destination().userId(),
                reply.filing().rule(),
                reply.explanation(),
                reply.text().answer(),
                reply.text().erasedAt() != null);
    }
}
