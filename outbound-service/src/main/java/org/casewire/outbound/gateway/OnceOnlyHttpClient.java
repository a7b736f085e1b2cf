package org.casewire.outbound.gateway;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The Twilio SDK's way out to the network, in place of its own: that one posts a message up to six times when Twilio
 * answers 5xx or 429 (measured with 13.0.1), and every repeat may be a second text. This one asks once and says
 * whether the request can have arrived. Blocking calls on virtual threads: they take less than half of the processor
 * time of the JDK's own client.
 */
final class OnceOnlyHttpClient extends HttpClient {

    /** More than there can be calls at once: what bounds those is the dispatcher, not this. */
    private static final int MOST_CONNECTIONS = 2_000;

    /** A connection that was idle for longer is looked at before it is used: the other end may have closed it. */
    private static final TimeValue LOOK_AFTER_IDLE = TimeValue.ofMilliseconds(500);

    private final CloseableHttpClient http;
    private final String base;
    private final Duration whole;
    private final ScheduledThreadPoolExecutor deadlines;

    OnceOnlyHttpClient(URI base, Duration connectTimeout, Duration timeout) {
        this.base = base.toString().replaceAll("/+$", "");
        this.whole = connectTimeout.plus(timeout);
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("twilio-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        this.http = client(Timeout.of(connectTimeout), Timeout.of(timeout));
    }

    private static CloseableHttpClient client(Timeout connect, Timeout silence) {
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(silence)
                .setValidateAfterInactivity(LOOK_AFTER_IDLE)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(silence)
                        .build())
                .setUserAgent("casewire")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
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

    /** The time-outs of connection and silence do not add up to one of the whole call; the deadline is that. */
    @Override
    public Response makeRequest(Request request) {
        HttpUriRequestBase call = toHttp(request);
        ScheduledFuture<?> deadline = deadlines.schedule(call::cancel, whole.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Response answer = http.execute(call, OnceOnlyHttpClient::answer);
            if (answer.getStatusCode() >= 500) {
                throw new NoClearAnswer("Twilio answered " + answer.getStatusCode());
            }
            return answer;
        } catch (IOException failure) {
            throw failed(failure);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Response answer(ClassicHttpResponse response) throws IOException, ParseException {
        String body =
                response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
        return new Response(body, response.getCode());
    }

    private static RuntimeException failed(IOException failure) {
        return switch (failure) {
            case ConnectException refused -> new NeverSent(refused);
            case ConnectTimeoutException slow -> new NeverSent(slow);
            case ConnectionRequestTimeoutException crowded -> new NeverSent(crowded);
            case UnknownHostException unknown -> new NeverSent(unknown);
            case NoRouteToHostException unreachable -> new NeverSent(unreachable);
            case SSLHandshakeException distrusted -> new NeverSent(distrusted);
            case IOException lost ->
                new NoClearAnswer("no answer from Twilio (" + lost.getClass().getSimpleName() + ")", lost);
        };
    }

    private HttpUriRequestBase toHttp(Request request) {
        HttpUriRequestBase call =
                new HttpUriRequestBase(request.getMethod().name(), redirected(request.constructURL()));
        call.setHeader(HttpHeaders.ACCEPT, "application/json");
        call.setHeader(HttpHeaders.AUTHORIZATION, request.getAuthString());
        if (request.getMethod() != HttpMethod.GET) {
            call.setEntity(new StringEntity(request.encodeFormBody(), ContentType.APPLICATION_FORM_URLENCODED));
        }
        return call;
    }

    /** The SDK knows only Twilio's own hosts; ours may be a region, a proxy or the twin. */
    private URI redirected(URL url) {
        String query = url.getQuery() == null ? "" : "?" + url.getQuery();
        return URI.create(base + url.getPath() + query);
    }
}
