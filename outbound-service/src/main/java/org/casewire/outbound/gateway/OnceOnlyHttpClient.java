package org.casewire.outbound.gateway;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.IRequest;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Twilio SDK's way out to the network, in place of its own: that one posts a message up to six times when Twilio
 * answers 5xx or 429 (measured with 13.0.1), and every repeat may be a second text. This one asks once and says
 * whether the request can have arrived.
 */
final class OnceOnlyHttpClient extends HttpClient {

    private final java.net.http.HttpClient http;
    private final String base;
    private final Duration timeout;
    private final Duration whole;

    OnceOnlyHttpClient(URI base, Duration connectTimeout, Duration timeout) {
        this.base = base.toString().replaceAll("/+$", "");
        this.timeout = timeout;
        this.whole = connectTimeout.plus(timeout);
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
    }

    /** The request cannot have reached Twilio. */
    static final class NeverSent extends RuntimeException {
        NeverSent(Throwable cause) {
            super("no connection to Twilio (" + cause.getClass().getSimpleName() + ")", cause);
        }
    }

    /** The request may have reached Twilio, and what became of it is not known. */
    static final class NoClearAnswer extends RuntimeException {
        NoClearAnswer(String why, Throwable cause) {
            super(why, cause);
        }

        NoClearAnswer(String why) {
            super(why);
        }
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        CompletableFuture<HttpResponse<String>> call = http.sendAsync(toHttp(request), BodyHandlers.ofString());
        try {
            // The request's own time-out ends with the head of the answer; this one covers the whole of it.
            HttpResponse<String> answer = call.get(whole.toNanos(), TimeUnit.NANOSECONDS);
            if (answer.statusCode() >= 500) {
                throw new NoClearAnswer("Twilio answered " + answer.statusCode());
            }
            return new Response(answer.body(), answer.statusCode());
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            call.cancel(true);
            throw new NoClearAnswer("no whole answer from Twilio in time", late);
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoClearAnswer("stopped while waiting for Twilio", stopped);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case ConnectException never -> new NeverSent(never);
            case HttpConnectTimeoutException never -> new NeverSent(never);
            case UnresolvedAddressException never -> new NeverSent(never);
            case Throwable lost ->
                new NoClearAnswer("no answer from Twilio (" + lost.getClass().getSimpleName() + ")", lost);
        };
    }

    private HttpRequest toHttp(Request request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(redirected(request.constructURL()))
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("User-Agent", "casewire")
                .header("Authorization", request.getAuthString());
        return request.getMethod() == HttpMethod.GET
                ? http.GET().build()
                : http.header("Content-Type", "application/x-www-form-urlencoded")
                        .method(request.getMethod().name(), BodyPublishers.ofString(form(request)))
                        .build();
    }

    private static String form(IRequest request) {
        return request.encodeFormBody();
    }

    /** The SDK knows only Twilio's own hosts; ours may be a region, a proxy or the twin. */
    private URI redirected(URL url) {
        String query = url.getQuery() == null ? "" : "?" + url.getQuery();
        return URI.create(base + url.getPath() + query);
    }
}
