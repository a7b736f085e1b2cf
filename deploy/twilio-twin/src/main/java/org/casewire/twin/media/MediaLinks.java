package org.casewire.twin.media;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.casewire.twin.http.Problem;
import org.casewire.twin.media.MediaStore.Stored;

/** Links to the bytes of files that work without credentials, as Twilio's signed storage addresses do. */
public final class MediaLinks implements HttpService {

    /** Where they begin. */
    public static final String PATH = "/media";

    private static final int KEPT = 10_000;

    private final Supplier<String> baseUrl;
    private final MediaStore store;
    private final Map<String, String> files = new ConcurrentHashMap<>();

    /** Links below that address to files of that store. */
    public MediaLinks(Supplier<String> baseUrl, MediaStore store) {
        this.baseUrl = baseUrl;
        this.store = store;
    }

    /** A new link that nobody can guess; it lasts until very many newer ones were made. */
    String to(String sid) {
        if (files.size() > KEPT) {
            files.clear();
        }
        String secret = UUID.randomUUID().toString();
        files.put(secret, sid);
        return baseUrl.get() + PATH + "/" + secret;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/{secret}", this::serve);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        String secret = request.path().pathParameters().get("secret");
        Stored file = Optional.ofNullable(files.get(secret))
                .flatMap(store::find)
                .filter(stored -> !stored.deleted())
                .orElseThrow(() -> Problem.notFound("NO_SUCH_FILE", "The link has expired: ask for the file again."));
        response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, file.contentType());
        if (!file.encoding().isEmpty()) {
            response.header(HeaderNames.CONTENT_ENCODING, file.encoding());
        }
        send(store.content(file), response);
    }

    private static void send(Path content, ServerResponse response) {
        try {
            response.contentLength(Files.size(content));
            try (OutputStream out = response.outputStream()) {
                Files.copy(content, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
