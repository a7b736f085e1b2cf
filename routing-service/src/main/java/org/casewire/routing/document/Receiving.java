package org.casewire.routing.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.casewire.routing.document.Fetching.Wanted;
import org.casewire.routing.document.Outcome.Kept;
import org.casewire.routing.document.Outcome.NotNow;
import org.casewire.routing.document.Outcome.Refused;
import org.springframework.stereotype.Component;

/** Takes a file in as it comes: judged by its first bytes, counted while it is written, never held in memory. */
@Component
class Receiving {

    private static final NotNow EMPTY = NotNow.because(Reason.EMPTY, "There is nothing in it.");

    private static final Refused UNKNOWN_ENCODING = new Refused(
            Reason.UNKNOWN_ENCODING, "It came packed (Content-Encoding) in a way that is not unpacked here.");

    private final Types types;
    private final Spool spool;

    Receiving(Types types, Spool spool) {
        this.types = types;
        this.spool = spool;
    }

    Outcome receive(ClassicHttpResponse answer, Wanted wanted) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return EMPTY;
        }
        long mostBytes = wanted.limits().maxBytes();
        if (entity.getContentLength() > mostBytes) {
            return tooLarge(mostBytes);
        }
        try {
            InputStream content =
                    Packing.unpacked(entity.getContent(), answer.getHeaders(HttpHeaders.CONTENT_ENCODING), mostBytes);
            return receive(content, wanted);
        } catch (Packing.TooLarge more) {
            return tooLarge(mostBytes);
        } catch (Packing.Unknown | ZipException unreadable) {
            return UNKNOWN_ENCODING;
        }
    }

    private Outcome receive(InputStream content, Wanted wanted) throws IOException {
        byte[] beginning = content.readNBytes(Types.ENOUGH);
        if (beginning.length == 0) {
            return EMPTY;
        }
        Optional<String> type = types.among(wanted.limits().types(), beginning, wanted.declaredType());
        if (type.isEmpty()) {
            return new Refused(
                    Reason.TYPE_NOT_KEPT,
                    "By its content it is " + types.of(beginning)
                            + ", which the site does not keep (documents.types).");
        }
        return new Kept(spool.keep(new SequenceInputStream(new ByteArrayInputStream(beginning), content)), type.get());
    }

    private static Refused tooLarge(long mostBytes) {
        return new Refused(
                Reason.TOO_LARGE,
                "It is larger than the %,d bytes the site keeps (documents.maxBytes).".formatted(mostBytes));
    }
}
