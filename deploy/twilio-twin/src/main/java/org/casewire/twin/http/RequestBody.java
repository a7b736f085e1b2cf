package org.casewire.twin.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The bytes of a request's body. */
public final class RequestBody {

    private static final byte[] NOTHING = {};
    private static final long LARGEST = 1024 * 1024;

    private RequestBody() {}

    /** Reads it whole; where its length is told, into an array that fits. */
    public static byte[] of(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return NOTHING;
        }
        long told = request.headers().contentLength().orElse(-1);
        try (InputStream body = request.content().inputStream()) {
            return told < 0 || told > LARGEST ? body.readAllBytes() : exactly(body, (int) told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] exactly(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        return read == length ? bytes : Arrays.copyOf(bytes, read);
    }
}
