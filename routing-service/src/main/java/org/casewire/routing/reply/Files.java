package org.casewire.routing.reply;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.InboundEvent.Media;
import org.casewire.routing.document.Documents;
import org.casewire.routing.document.ReceivedFile;
import org.springframework.stereotype.Component;

/** What became of the files of received texts, for a whole page at once. */
@Component
public class Files {

    private final Documents documents;

    Files(Documents documents) {
        this.documents = documents;
    }

    /** By SID; every text stands there. */
    public Map<String, List<ReceivedFile>> of(String site, Collection<Reply> replies) {
        List<String> withFiles = replies.stream()
                .filter(reply -> !reply.text().media().isEmpty())
                .map(reply -> reply.text().sid())
                .toList();
        Map<String, List<ReceivedFile>> known = documents.states(site, withFiles);
        return replies.stream()
                .collect(Collectors.toMap(
                        reply -> reply.text().sid(),
                        reply -> known.getOrDefault(
                                reply.text().sid(),
                                reply.text().media().stream()
                                        .map(Files::neverFetched)
                                        .toList())));
    }

    private static ReceivedFile neverFetched(Media media) {
        return new ReceivedFile(
                media.url(),
                media.contentType(),
                ReceivedFile.State.UNAVAILABLE,
                null,
                "It came in before files were fetched.",
                null,
                null,
                null);
    }
}
