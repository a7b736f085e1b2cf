package org.casewire.routing.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.Header;

/**
 * Unpacks what was packed for the way, although nobody asked for it. Each layer may give no more than a whole file may
 * hold, so that little that unpacks to much ends early, whatever it is packed in.
 */
final class Packing {

    private static final int MOST_LAYERS = 2;

    private Packing() {}

    /** It is more than is kept. */
    static final class TooLarge extends IOException {}

    /** It is packed in a way that is not unpacked. */
    static final class Unknown extends IOException {}

    static InputStream unpacked(InputStream content, Header[] encodings, long maxBytes) throws IOException {
        List<String> layers = new ArrayList<>();
        for (Header header : encodings) {
            for (String layer : header.getValue().toLowerCase(Locale.ROOT).split(",")) {
                if (!layer.isBlank() && !"identity".equals(layer.strip())) {
                    layers.add(layer.strip());
                }
            }
        }
        if (layers.size() > MOST_LAYERS) {
            throw new Unknown();
        }
        Collections.reverse(layers);
        InputStream unpacked = new Bounded(content, maxBytes);
        for (String layer : layers) {
            unpacked = new Bounded(unpacked(unpacked, layer), maxBytes);
        }
        return unpacked;
    }

    private static InputStream unpacked(InputStream content, String layer) throws IOException {
        return switch (layer) {
            case "gzip", "x-gzip" -> new GZIPInputStream(content);
            case "deflate" -> new InflaterInputStream(content);
            default -> throw new Unknown();
        };
    }

    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream content, long atMost) {
            super(content);
            this.left = atMost;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws TooLarge {
            left -= read;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }
}
