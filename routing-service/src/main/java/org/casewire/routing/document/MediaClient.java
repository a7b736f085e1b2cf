package org.casewire.routing.document;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.casewire.events.address.PublicAddress;
import org.casewire.events.site.TwilioTimes;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks for files: Twilio itself wherever the operator said it is, anybody else only by https and at public addresses,
 * which are checked where the connection is made, so that a name cannot point elsewhere a moment later. It follows no
 * redirect, unpacks nothing, keeps no cookie and repeats nothing of its own accord.
 */
@Component
class MediaClient implements DisposableBean {

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;

    private final DocumentProperties settings;
    private final TwilioAddress twilio;
    private final TwilioTimes files;
    private final TwilioTimes removals;
    private final CloseableHttpClient atTwilio;
    private final CloseableHttpClient elsewhere;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("media-deadlines").factory());

    MediaClient(DocumentProperties settings, TwilioAddress twilio, MeterRegistry meters) {
        this.settings = settings;
        this.twilio = twilio;
        this.files = TwilioTimes.of(meters, "media");
        this.removals = TwilioTimes.of(meters, "media-removal");
        this.atTwilio = client(SystemDefaultDnsResolver.INSTANCE);
        this.elsewhere = client(new PublicOnly());
    }

    private CloseableHttpClient client(DnsResolver names) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(limits)
                                .build())
                        .setMaxConnPerRoute(settings.parallel())
                        .setMaxConnTotal(2 * settings.parallel())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(Timeout.of(settings.readTimeout()))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.timeout()))
                        .setResponseTimeout(Timeout.of(settings.readTimeout()))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Casewire")
                .build();
    }

    private static final class PublicOnly implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            if (!Arrays.stream(addresses).allMatch(PublicAddress::isPublic)) {
                throw new NotPublic();
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** The name leads to an address that is not fetched from. */
    static final class NotPublic extends UnknownHostException {}

    /** Reads an answer while it comes. */
    interface Reader<T> {

        T read(ClassicHttpResponse answer) throws IOException;
    }

    /** Where a redirect leads; empty when it leads to where nothing is fetched from. */
    Optional<URI> redirect(URI from, String location) {
        try {
            URI to = from.resolve(new URI(location));
            return isAllowed(to) ? Optional.of(to) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI to) {
        if (to.getHost() == null || to.getRawUserInfo() != null) {
            return false;
        }
        return twilio.isOriginOf(to)
                || "https".equalsIgnoreCase(to.getScheme())
                        && PublicAddress.isPublic(to.getHost()).orElse(true);
    }

    /** Sends a request and lets its answer be read; both are cut off when the time is over. */
    <T> T send(HttpUriRequestBase request, URI to, Deadline deadline, Reader<T> reader) throws IOException {
        CloseableHttpClient client = twilio.isOriginOf(to) ? atTwilio : elsewhere;
        HttpHost host = new HttpHost(to.getScheme(), to.getHost(), to.getPort());
        Future<?> cut = alarm.schedule(request::cancel, 1 + deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse answer =
                    client == atTwilio ? timed(host, request) : client.executeOpen(host, request, null);
            return read(answer, request, reader);
        } finally {
            cut.cancel(false);
        }
    }

    private ClassicHttpResponse timed(HttpHost host, HttpUriRequestBase request) throws IOException {
        TwilioTimes times = request instanceof HttpDelete ? removals : files;
        long began = System.nanoTime();
        try {
            ClassicHttpResponse answer = atTwilio.executeOpen(host, request, null);
            times.record(answer.getCode(), since(began));
            return answer;
        } catch (ConnectException | UnknownHostException never) {
            times.record("NeverSent", "none", since(began));
            throw never;
        } catch (IOException lost) {
            times.record("Unknown", "none", since(began));
            throw lost;
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What is not read to its end is cut off: to close it alone would read on, however much there is. */
    private static <T> T read(ClassicHttpResponse answer, HttpUriRequestBase request, Reader<T> reader)
            throws IOException {
        try {
            return reader.read(answer);
        } finally {
            request.cancel();
            Closer.closeQuietly(answer);
        }
    }

    @Override
    public void destroy() {
        atTwilio.close(CloseMode.IMMEDIATE);
        elsewhere.close(CloseMode.IMMEDIATE);
        alarm.shutdownNow();
    }
}
