package org.casewire.ingest.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One webhook as Twilio would make it, in which a test changes what it is about.
 *
 * @param path with the query, as it stands on the wire
 * @param form names and values in turn
 * @param signedUrl the address the signature is made for
 * @param body sent instead of the encoded form
 */
public record Call(
        String method,
        String path,
        List<String> form,
        String authToken,
        String signedUrl,
        @Nullable String signature,
        Map<String, String> headers,
        byte @Nullable [] body,
        boolean chunked) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String UNSET = "unset";

    /** A signed form. */
    public static Call to(String path, String... form) {
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        return new Call(
                "POST",
                path,
                List.of(form),
                IngestParts.TOKEN,
                IngestParts.PUBLIC_BASE_URL + path,
                UNSET,
                headers,
                null,
                false);
    }

    public Call method(String other) {
        return new Call(other, path, form, authToken, signedUrl, signature, headers, body, chunked);
    }

    public Call with(String... more) {
        List<String> longer = new ArrayList<>(form);
        longer.addAll(List.of(more));
        return new Call(method, path, longer, authToken, signedUrl, signature, headers, body, chunked);
    }

    public Call signedWith(String otherToken) {
        return new Call(method, path, form, otherToken, signedUrl, signature, headers, body, chunked);
    }

    public Call signedFor(String otherUrl) {
        return new Call(method, path, form, authToken, otherUrl, signature, headers, body, chunked);
    }

    /** Sends this signature; null sends none. */
    public Call signature(@Nullable String other) {
        return new Call(method, path, form, authToken, signedUrl, other, headers, body, chunked);
    }

    public Call header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, path, form, authToken, signedUrl, signature, more, body, chunked);
    }

    /** Sends these bytes; what is signed is still the form. */
    public Call body(byte[] other) {
        return new Call(method, path, form, authToken, signedUrl, signature, headers, other, chunked);
    }

    public Call inChunks() {
        return new Call(method, path, form, authToken, signedUrl, signature, headers, body, true);
    }

    public String signatureSent() {
        return UNSET.equals(signature) ? Signer.sign(authToken, signedUrl, form) : String.valueOf(signature);
    }

    public HttpResponse<String> send(int port) {
        byte[] bytes = body == null ? encoded().getBytes(StandardCharsets.UTF_8) : body;
        BodyPublisher publisher = chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
                : BodyPublishers.ofByteArray(bytes);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, publisher);
        headers.forEach(request::header);
        if (signature != null) {
            request.header("X-Twilio-Signature", signatureSent());
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError("The service did not answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private String encoded() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < form.size(); at += 2) {
            text.append(at == 0 ? "" : "&")
                    .append(URLEncoder.encode(form.get(at), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(form.get(at + 1), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
