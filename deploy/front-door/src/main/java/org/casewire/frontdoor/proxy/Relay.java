package org.casewire.frontdoor.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.coyote.CloseNowException;

/** Hands a service's answer back as it comes. */
final class Relay {

    private static final int CHUNK = 8 * 1024;

    /** A stream is held open for hours by every page, and its events are short. */
    private static final int STREAM_CHUNK = 1024;

    private Relay() {}

    static void back(HttpResponse<InputStream> answer, HttpServletResponse response) throws IOException {
        try (InputStream body = answer.body()) {
            head(answer, response);
            OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
            if (isEventStream(answer)) {
                // A page waits for the head of a stream before its first event.
                response.flushBuffer();
                copy(body, response.getOutputStream(), new byte[STREAM_CHUNK], true);
            } else {
                copy(body, response.getOutputStream(), new byte[CHUNK], length.isEmpty());
            }
        }
    }

    private static void head(HttpResponse<InputStream> answer, HttpServletResponse response) {
        response.setStatus(answer.statusCode());
        List<String> connection = answer.headers().allValues("Connection");
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            if (ForwardedHeaders.passesBack(header.getKey(), connection)) {
                header.getValue().forEach(value -> response.addHeader(header.getKey(), value));
            }
        }
    }

    private static void copy(InputStream from, OutputStream to, byte[] chunk, boolean flush) throws IOException {
        for (int read = next(from, chunk); read >= 0; read = next(from, chunk)) {
            to.write(chunk, 0, read);
            if (flush && from.available() == 0) {
                to.flush();
            }
        }
    }

    /** An answer that breaks off must not look whole: the connection is closed without its end mark. */
    private static int next(InputStream from, byte[] chunk) throws IOException {
        try {
            return from.read(chunk);
        } catch (IOException brokeOff) {
            throw new CloseNowException("The service broke off in the middle of its answer", brokeOff);
        }
    }

    private static boolean isEventStream(HttpResponse<InputStream> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }
}
