package org.casewire.routing.reply;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.Matching;
import org.casewire.routing.document.ReceivedFile;
import org.casewire.routing.matching.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A received text as it stands in the log.
 *
 * @param media what became of each file that came with it
 * @param answer the text response the sender was given at once
 * @param contactId the upstream's contact it was assigned to
 * @param userId the user it was assigned to
 * @param strategy the site's when it was filed
 * @param movedBy who moved it last
 * @param erased whether its words and files are gone for good
 */
record ReceivedItem(
        String sid,
        String contact,
        String to,
        String body,
        List<ReceivedFile> media,
        Instant receivedAt,
        boolean recovered,
        Keyword keyword,
        @Nullable String answer,
        Reply.State state,
        List<CaseRef> cases,
        @Nullable String contactId,
        @Nullable String userId,
        Matching strategy,
        Rule rule,
        List<String> explanation,
        @Nullable String movedBy,
        @Nullable Instant movedAt,
        boolean erased) {

    static ReceivedItem of(Reply reply, List<ReceivedFile> files) {
        ReceivedText text = reply.text();
        return new ReceivedItem(
                text.sid(),
                text.conversation().contact(),
                text.to(),
                text.body(),
                files,
                text.receivedAt(),
                text.recovered(),
                text.keyword(),
                text.answer(),
                reply.state(),
                reply.destination().cases(),
                reply.destination().contactId(),
                reply.destination().userId(),
                reply.strategy(),
                reply.filing().rule(),
                reply.explanation(),
                reply.moved().by(),
                reply.moved().at(),
                text.erasedAt() != null);
    }
}
