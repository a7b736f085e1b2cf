package org.casewire.outbound.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * Looks at a picture with one HEAD. Names are resolved and checked where the connection is made, so that a name cannot
 * point elsewhere a moment later; redirects are not followed and no proxy is asked.
 */
final class MediaProbe implements AutoCloseable {

    private static final long MOST_BYTES = 5L * 1024 * 1024;

    /** What Twilio takes in a picture message. */
    private static final Set<String> TYPES = Set.of(
            "image/jpeg",
            "image/jpg",
            "image/gif",
            "image/png",
            "image/heic",
            "image/heif",
            "image/tiff",
            "image/bmp",
            "video/mpeg4",
            "video/mp4",
            "video/mpeg",
            "video/webm",
            "video/quicktime",
            "video/3gpp",
            "video/3gpp2",
            "video/3gpp-tt",
            "video/h261",
            "video/h263",
            "video/h263-1998",
            "video/h263-2000",
            "video/h264",
            "video/h265",
            "audio/ogg",
            "audio/mpeg",
            "audio/mp4",
            "audio/mp3",
            "audio/3gpp",
            "audio/3gpp2",
            "audio/basic",
            "audio/l24",
            "audio/vnd.rn-realaudio",
            "audio/vnd.wave",
            "audio/ac3",
            "audio/webm",
            "audio/amr-nb",
            "audio/amr",
            "text/vcard",
            "text/x-vcard",
            "text/directory",
            "text/csv",
            "text/richtext",
            "text/rtf",
            "text/calendar",
            "application/pdf",
            "application/vcard");

    private final CloseableHttpClient http;

    MediaProbe(DnsResolver names, Predicate<InetAddress> allowed, TlsSocketStrategy tls, Duration timeout) {
        Timeout atMost = Timeout.of(timeout);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(names, allowed))
                        .setTlsSocketStrategy(tls)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(atMost)
                                .setSocketTimeout(atMost)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(atMost)
                        .setResponseTimeout(atMost)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private record Checked(DnsResolver names, Predicate<InetAddress> allowed) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.resolve(host);
            if (!Arrays.stream(addresses).allMatch(allowed)) {
                throw new NotPublic();
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static final class NotPublic extends UnknownHostException {}

    /** What speaks against the picture; empty when nothing does, or when it cannot be told from here. */
    Optional<String> objection(URI address) {
        try {
            return http.execute(new HttpHead(address), MediaProbe::judged);
        } catch (NotPublic hidden) {
            return Optional.of(MediaAddress.NOT_PUBLIC);
        } catch (IOException | RuntimeException unreachable) {
            return Optional.empty();
        }
    }

    private static Optional<String> judged(HttpResponse answer) {
        if (answer.getCode() / 100 != 2) {
            return Optional.empty();
        }
        return size(answer.getFirstHeader("Content-Length")).or(() -> type(answer.getFirstHeader("Content-Type")));
    }

    private static Optional<String> size(Header length) {
        boolean isTooLarge = length != null
                && length.getValue().strip().matches("\\d{1,18}")
                && Long.parseLong(length.getValue().strip()) > MOST_BYTES;
        return isTooLarge ? Optional.of("is larger than the 5 MB a picture message holds") : Optional.empty();
    }

    private static Optional<String> type(Header header) {
        ContentType type = header == null ? null : ContentType.parseLenient(header.getValue());
        if (type == null || TYPES.contains(type.getMimeType().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of("is of a type that no picture message takes; JPEG, PNG and GIF always work");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
