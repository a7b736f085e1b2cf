package org.casewire.routing.document;

import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.ReplyEvent.DocumentStored;

/**
 * A file that is kept.
 *
 * @param number its place among the files of its text, from 0
 * @param cases where its text stands
 */
record Stored(
        String site,
        String sid,
        int number,
        String contact,
        UUID documentId,
        List<CaseRef> cases,
        Content content,
        String objectKey) {

    /** What a file is by its content. */
    record Content(String type, long bytes, String sha256) {}

    static String href(String site, UUID documentId) {
        return "/api/sites/" + site + "/documents/" + documentId;
    }

    /** Its content never changes under one id. */
    String etag() {
        return '"' + content.sha256() + '"';
    }

    DocumentStored told() {
        return new DocumentStored(
                sid,
                site,
                contact,
                documentId,
                cases,
                content.type(),
                content.bytes(),
                content.sha256(),
                href(site, documentId));
    }
}
