package org.casewire.routing.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Files as people and attackers send them. */
final class Samples {

    private Samples() {}

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As many bytes as wanted, that begin as a JPEG does. */
    static byte[] jpeg(int size) {
        byte[] beginning = bytes("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\1\1");
        byte[] whole = Arrays.copyOf(beginning, size);
        for (int i = beginning.length; i < size; i++) {
            whole[i] = (byte) (i * 31);
        }
        return whole;
    }

    static byte[] png() {
        return bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0");
    }

    static byte[] html() {
        return bytes("<!DOCTYPE html><html><script>fetch('/api/sites/demo')</script></html>");
    }

    static byte[] svg() {
        return bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    }

    static byte[] zip() {
        return bytes("PK\3\4\24\0\0\0\b\0bomb");
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packed.toByteArray();
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
