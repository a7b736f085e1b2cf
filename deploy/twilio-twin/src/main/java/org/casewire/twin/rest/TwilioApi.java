package org.casewire.twin.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.casewire.twin.account.Account;
import org.casewire.twin.account.Accounts;
import org.casewire.twin.http.Form;
import org.casewire.twin.http.RequestBody;
import org.casewire.twin.ledger.Sids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below {@code /2010-04-01} or {@code /v1}: who calls, which route, which error, and Twilio's headers on the answer. */
public final class TwilioApi implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioApi.class);
    private static final HeaderName REQUEST_ID = HeaderNames.create("Twilio-Request-Id");
    private static final HeaderName DURATION = HeaderNames.create("Twilio-Request-Duration");
    private static final HeaderName CONCURRENT = HeaderNames.create("Twilio-Concurrent-Requests");
    private static final Header REGION = HeaderValues.createCached("X-Home-Region", "us1");
    private static final Header DOMAIN = HeaderValues.createCached("X-Api-Domain", "api.twilio.com");
    private static final Header JSON = HeaderValues.createCached("Content-Type", "application/json;charset=utf-8");
    private static final Header CHALLENGE = HeaderValues.createCached("WWW-Authenticate", "Basic realm=\"Twilio API\"");

    private final Function<Account, String> root;
    private final Accounts accounts;
    private final RequestLog log;
    private final List<Route> routes;
    private final AtomicInteger concurrent = new AtomicInteger();

    private TwilioApi(Function<Account, String> root, Accounts accounts, RequestLog log, List<Route> routes) {
        this.root = root;
        this.accounts = accounts;
        this.log = log;
        this.routes = List.copyOf(routes);
    }

    /** Serves these routes below an account; the first that matches is taken. */
    public static TwilioApi ofAccounts(Accounts accounts, RequestLog log, List<Route> routes) {
        return new TwilioApi(account -> "/2010-04-01/Accounts/" + account.sid() + "/", accounts, log, routes);
    }

    /** Serves these routes of the messaging API, where the account is known by its credentials alone. */
    public static TwilioApi ofMessaging(Accounts accounts, RequestLog log, List<Route> routes) {
        return new TwilioApi(_ -> "/v1/", accounts, log, routes);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        concurrent.incrementAndGet();
        try {
            Arrival arrival = Arrival.of(request, log);
            Exchange exchange = answer(arrival);
            arrival.entry().answered(exchange.answer().httpStatus());
            response.header(REQUEST_ID, Sids.next("RQ"))
                    .header(CONCURRENT, Integer.toString(concurrent.get()))
                    .header(DURATION, seconds(System.nanoTime() - began))
                    .header(REGION)
                    .header(DOMAIN);
            try {
                send(exchange.answer(), response);
            } finally {
                exchange.afterwards().run();
            }
        } finally {
            concurrent.decrementAndGet();
        }
    }

    private record Arrival(
            String method, String path, String authorization, Form query, Form form, RequestLog.Entry entry) {

        static Arrival of(ServerRequest request, RequestLog log) {
            String method = request.prologue().method().text();
            String path = request.prologue().uriPath().rawPath();
            String query = request.query().rawValue();
            byte[] body = RequestBody.of(request);
            byte[] told = body.length > 0 ? body : query.getBytes(StandardCharsets.ISO_8859_1);
            return new Arrival(
                    method,
                    path,
                    request.headers().value(HeaderNames.AUTHORIZATION).orElse(""),
                    Form.parse(query),
                    Form.parse(body),
                    log.arrived(method, path, told));
        }
    }

    private record Exchange(Answer answer, Runnable afterwards) {}

    private Exchange answer(Arrival arrival) {
        try {
            Account account = accounts.authenticate(arrival.authorization()).orElseThrow(Refusal.AUTHENTICATE::error);
            return answer(arrival, account);
        } catch (TwilioError e) {
            return new Exchange(e.answer(), () -> {});
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A REST call could not be handled");
            return new Exchange(Refusal.SERVER_ERROR.error().answer(), () -> {});
        }
    }

    private Exchange answer(Arrival arrival, Account account) {
        String own = root.apply(account);
        if (!arrival.path().startsWith(own)) {
            throw Refusal.NOT_FOUND.error(arrival.path());
        }
        List<String> path = List.of(arrival.path().substring(own.length()).split("/"));
        boolean known = false;
        for (Route route : routes) {
            List<String> variables = route.match(path);
            if (variables != null && route.method().equals(arrival.method())) {
                Call call = new Call(account, arrival.path(), variables, arrival.query(), arrival.form());
                return new Exchange(route.handler().apply(call), call::answered);
            }
            known |= variables != null;
        }
        throw known ? Refusal.METHOD_NOT_ALLOWED.error() : Refusal.NOT_FOUND.error(arrival.path());
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos / 1_000_000, 3).toPlainString();
    }

    private static void send(Answer answer, ServerResponse response) {
        switch (answer) {
            case Answer.Json(int status, byte[] body) -> {
                if (status == Status.UNAUTHORIZED_401.code()) {
                    response.header(CHALLENGE);
                }
                response.status(status).header(JSON).send(body);
            }
            case Answer.Empty() -> response.status(Status.NO_CONTENT_204).send();
            case Answer.Redirect(String location) ->
                response.status(Status.FOUND_302)
                        .header(HeaderNames.LOCATION, location)
                        .send();
            case Answer.Dropped() -> throw new CloseConnectionException("A fault closes this connection");
        }
    }
}
