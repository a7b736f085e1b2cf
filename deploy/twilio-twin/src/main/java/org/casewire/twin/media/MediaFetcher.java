package org.casewire.twin.media;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.casewire.twin.http.Problem;
import org.casewire.twin.ledger.Media;
import org.casewire.twin.ledger.Sids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the files people and accounts attach, from any address the machine reaches. */
public final class MediaFetcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaFetcher.class);
    private static final long LARGEST_SENT = 5L * 1024 * 1024;

    /** More than any carrier takes: whoever receives files must stand large ones. */
    private static final long LARGEST_RECEIVED = 100L * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);

    private final MediaStore store;
    private @Nullable HttpClient client;

    /** Keeps what it gets there. */
    public MediaFetcher(MediaStore store) {
        this.store = store;
    }

    /** Whether an address can be one of a file. */
    public static boolean isAddress(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Gets a person's pictures now; all of them must be there. */
    public List<Media> fetchAll(List<String> urls) {
        List<Media> media = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            String field = "mediaUrls[" + i + "]";
            FetchedFile file = fetch(urls.get(i), LARGEST_RECEIVED)
                    .orElseThrow(() -> Problem.badRequest(
                            "INVALID_MEDIA",
                            field,
                            field + " could not be fetched: give an address that answers GET with at most 100 MB."));
            String sid = Sids.next("ME");
            store.keep(sid, file);
            media.add(new Media(sid, urls.get(i), file.contentType()));
        }
        return List.copyOf(media);
    }

    /** An account's files, named now and fetched in the background; what cannot be reached stays a link. */
    public List<Media> announce(List<String> urls) {
        List<Media> media = urls.stream()
                .map(url -> new Media(Sids.next("ME"), url, contentType(Optional.empty(), url)))
                .toList();
        media.forEach(file -> Thread.ofVirtual()
                .name("media")
                .start(() -> fetch(file.url(), LARGEST_SENT).ifPresent(fetched -> store.keep(file.sid(), fetched))));
        return media;
    }

    private Optional<FetchedFile> fetch(String url, long largest) {
        if (!isAddress(url)) {
            return Optional.empty();
        }
        Path content = store.incoming();
        try {
            Optional<FetchedFile> file = fetch(URI.create(url), content, largest);
            if (file.isEmpty()) {
                Files.deleteIfExists(content);
            }
            return file;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("failure", e.getClass().getSimpleName()).log("A file could not be fetched");
            content.toFile().delete();
            return Optional.empty();
        }
    }

    private Optional<FetchedFile> fetch(URI url, Path content, long largest) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(READ).build();
        HttpResponse<Path> response =
                client().send(request, BodyHandlers.limiting(BodyHandlers.ofFile(content), largest));
        return response.statusCode() == 200
                ? Optional.of(new FetchedFile(
                        contentType(response.headers().firstValue("Content-Type"), url.toString()),
                        response.headers().firstValue("Content-Encoding").orElse(""),
                        response.body()))
                : Optional.empty();
    }

    private static String contentType(Optional<String> header, String url) {
        return header.map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty())
                .or(() -> Optional.ofNullable(
                        URLConnection.guessContentTypeFromName(URI.create(url).getPath())))
                .orElse("application/octet-stream");
    }

    // Made when first needed: most runs send no picture.
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
