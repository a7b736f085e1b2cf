package org.casewire.frontdoor.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.casewire.frontdoor.proxy.Destination.Backend;
import org.casewire.frontdoor.tracing.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the services, over connections that are kept and shared. */
final class Backends implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    /** Bodies up to this are read before the service is asked, so that a slow sender holds no connection to it. */
    private static final int READ_AHEAD = 64 * 1024;

    static {
        // Half of the usual size: every open stream holds such buffers for as long as it lives.
        System.setProperty("jdk.httpclient.bufsize", "8192");
        // The services drop an idle connection after 20 s; ours must be gone before, or a request meets a closed one.
        System.setProperty("jdk.httpclient.keepalive.timeout", "15");
    }

    /** What a service says, or why it says nothing. */
    sealed interface Answer {

        record Given(HttpResponse<InputStream> response) implements Answer {}

        record Missing(Problem problem) implements Answer {}
    }

    private final Map<Service, String> bases = new EnumMap<>(Service.class);
    private final Set<Service> away = ConcurrentHashMap.newKeySet();
    private final ForwardedHeaders headers;
    private final Duration answerTimeout;
    private final HttpClient client;

    Backends(FrontDoorProperties properties, ForwardedHeaders headers) {
        for (Service service : Service.values()) {
            bases.put(service, properties.baseOf(service));
        }
        this.headers = headers;
        this.answerTimeout = properties.answerTimeout();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    Answer ask(Backend backend, HttpServletRequest request, Step step) throws IOException, InterruptedException {
        Service service = backend.service();
        HttpRequest question;
        try {
            question = question(backend, request, step);
        } catch (IllegalArgumentException unreadable) {
            return new Answer.Missing(Problem.unreadable());
        }
        try {
            HttpResponse<InputStream> response = client.send(question, BodyHandlers.ofInputStream());
            answers(service);
            return new Answer.Given(response);
        } catch (ConnectException | HttpConnectTimeoutException gone) {
            isAway(service);
            return new Answer.Missing(Problem.away(service));
        } catch (HttpTimeoutException slow) {
            return new Answer.Missing(Problem.slow(service));
        } catch (IOException broken) {
            return new Answer.Missing(Problem.brokeOff(service));
        }
    }

    private HttpRequest question(Backend backend, HttpServletRequest request, Step step) throws IOException {
        String path = request.getRequestURI();
        int ownPathBegins = afterSegments(backend.strippedSegments(), path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(address(backend, path.substring(ownPathBegins), request))
                .timeout(answerTimeout);
        method(builder, request);
        headers.ofRequest(request, builder::header);
        step.into(builder::setHeader);
        if (ownPathBegins > 0) {
            builder.header("X-Forwarded-Prefix", path.substring(0, ownPathBegins));
        }
        return builder.build();
    }

    private URI address(Backend backend, String rawPath, HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return URI.create(bases.get(backend.service()) + (rawPath.isEmpty() ? "/" : rawPath) + query);
    }

    private static int afterSegments(int segments, String rawPath) {
        int slash = 0;
        for (int left = segments; left > 0; left--) {
            slash = rawPath.indexOf('/', slash + 1);
            if (slash < 0) {
                return rawPath.length();
            }
        }
        return slash;
    }

    /** Without a body, {@code GET} and {@code HEAD} also go out without a length, as they came. */
    private static void method(HttpRequest.Builder builder, HttpServletRequest request) throws IOException {
        String method = request.getMethod();
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            builder.method(method, body(request));
        } else if (method.equals("GET")) {
            builder.GET();
        } else if (method.equals("HEAD")) {
            builder.HEAD();
        } else {
            builder.method(method, BodyPublishers.noBody());
        }
    }

    private static BodyPublisher body(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length > 0 && length <= READ_AHEAD) {
            return BodyPublishers.ofByteArray(request.getInputStream().readNBytes((int) length));
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> bodyStream(request));
        return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
    }

    private static InputStream bodyStream(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void answers(Service service) {
        if (away.remove(service)) {
            log.atInfo().addKeyValue("backend", service.label()).log("A service answers again");
        }
    }

    /** Said once, not for every request that is turned away. */
    private void isAway(Service service) {
        if (away.add(service)) {
            log.atWarn().addKeyValue("backend", service.label()).log("A service does not answer");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
