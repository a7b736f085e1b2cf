package org.casewire.twin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.casewire.twin.account.Account;
import org.casewire.twin.http.Form;
import org.casewire.twin.webhook.Webhooks.Call;
import org.casewire.twin.webhook.Webhooks.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetourTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/twilio/demo/messages?a=b, http://front-door:8080/twilio/demo/messages?a=b",
        "http://localhost:8080, http://front-door:8080",
        "http://localhost:8080?a=b, http://front-door:8080?a=b",
        "http://localhost:80801/a, http://localhost:80801/a",
        "https://localhost:8080/a, https://localhost:8080/a",
        "http://localhost/a, http://localhost/a"
    })
    void onlyTheOriginItIsForIsCalledElsewhere(String target, String called) {
        Detour detour =
                Detour.parse("http://localhost:8080=http://front-door:8080").orElseThrow();

        assertThat(detour.of(URI.create(target))).hasToString(called);
    }

    @Test
    void aWebhookOnADetourIsSignedForItsPublicAddress() throws Exception {
        CompletableFuture<String> signature = new CompletableFuture<>();
        HttpServer frontDoor = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        frontDoor.createContext("/sms", exchange -> {
            signature.complete(exchange.getRequestHeaders().getFirst("X-Twilio-Signature"));
            exchange.sendResponseHeaders(204, -1);
        });
        frontDoor.start();
        int port = frontDoor.getAddress().getPort();
        Webhooks webhooks =
                new Webhooks(Clock.systemUTC(), new Detour("https://texts.example.org", "http://127.0.0.1:" + port));
        Form form = new Form();
        form.add("Body", "hello");
        try {
            WebhookUrl url = WebhookUrl.parse("https://texts.example.org/sms").orElseThrow();
            WebhookOutcome outcome =
                    webhooks.call(new Call(url, false, form, Account.signingKey("12345"), Product.MESSAGING));

            assertThat(outcome.httpStatus()).isEqualTo(204);
            assertThat(signature.join())
                    .isEqualTo(Signature.of(Account.signingKey("12345"), "https://texts.example.org/sms", form));
        } finally {
            webhooks.close();
            frontDoor.stop(0);
        }
    }
}
