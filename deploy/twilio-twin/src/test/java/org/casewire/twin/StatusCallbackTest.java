package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.twin.RunningTwin.ACCOUNT;
import static org.casewire.twin.RunningTwin.FAST;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.SERVICE;
import static org.casewire.twin.RunningTwin.TOKEN;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.casewire.twin.WebhookReceiver.Called;
import org.casewire.twin.WebhookReceiver.Reply;
import org.junit.jupiter.api.Test;

class StatusCallbackTest extends TwinTest {

    private String callback() {
        return twin.webhooks().url("/status?attempt=1&message=m-1&part=1");
    }

    @Test
    void sentAndDeliveredAreReportedButNotQueued() throws Exception {
        String sid = twin.text(HANDSET, "Hello", "StatusCallback", callback()).text("sid");

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent", "delivered"));
        Called sent = twin.webhooks().called().getFirst();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.uri()).isEqualTo("/status?attempt=1&message=m-1&part=1");
        assertThat(sent.form().fields())
                .extracting(field -> field.name() + "=" + field.value())
                .containsExactlyInAnyOrder(
                        "SmsSid=" + sid,
                        "MessageSid=" + sid,
                        "SmsStatus=sent",
                        "MessageStatus=sent",
                        "To=" + HANDSET,
                        "From=" + FAST,
                        "AccountSid=" + ACCOUNT,
                        "ApiVersion=2010-04-01");
        assertThat(sent.signature()).isEqualTo(TwilioSignature.of(TOKEN, callback(), sent.form()));
    }

    @Test
    void theNextCallbackWaitsForTheAnswerToTheOneBefore() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        twin.webhooks().answer(call -> {
            hold(call, answered);
            return Reply.noContent();
        });

        String sid = twin.text(HANDSET, "Hello", "StatusCallback", callback()).text("sid");

        await().until(() -> twin.status(sid).equals("delivered"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent"));
        answered.countDown();
        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent", "delivered"));
    }

    private static void hold(Called call, CountDownLatch answered) {
        try {
            if (call.get("MessageStatus").equals("sent")) {
                answered.await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theFragmentIsNeitherSentNorSigned() throws Exception {
        twin.text(HANDSET, "Hello", "StatusCallback", callback() + "#rc=2&rp=all&rt=4000");

        await().until(() -> twin.webhooks().called().size() == 2);
        Called sent = twin.webhooks().called().getFirst();
        assertThat(sent.uri()).doesNotContain("#").doesNotContain("rc=2");
        assertThat(sent.signature()).isEqualTo(TwilioSignature.of(TOKEN, callback(), sent.form()));
    }

    @Test
    void aRefusalIsFinalUnlessTheFragmentSaysOtherwise() throws Exception {
        twin.webhooks().answer(_ -> Reply.status(500));

        twin.text(HANDSET, "Once", "StatusCallback", callback());
        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent", "delivered"));

        twin.webhooks().called().clear();
        twin.text(HANDSET, "Again", "StatusCallback", callback() + "#rc=2&rp=5xx");
        await().untilAsserted(() -> assertThat(twin.webhooks().statuses())
                .containsExactly("sent", "sent", "sent", "delivered", "delivered", "delivered"));
        List<String> tokens = twin.webhooks().called().stream()
                .map(Called::idempotencyToken)
                .distinct()
                .toList();
        assertThat(tokens).hasSize(2).doesNotContainNull();
    }

    @Test
    void aReadTimeOutEndsTheCallback() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        twin.webhooks().answer(call -> {
            hold(call, never);
            return Reply.noContent();
        });

        twin.text(HANDSET, "Hello", "StatusCallback", callback() + "#rt=200");

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent", "delivered"));
        assertThat(codes()).contains(11200);
        never.countDown();
    }

    @Test
    void whileNobodyListensTextsStillArriveAndTheFailuresAreRecorded() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        String sid = twin.text(HANDSET, "Hello", "StatusCallback", "http://127.0.0.1:" + closed + "/status")
                .text("sid");

        await().until(() -> codes().size() == 2);
        assertThat(codes()).containsOnly(11205);
        assertThat(twin.status(sid)).isEqualTo("delivered");
    }

    private List<Integer> codes() throws Exception {
        return twin.twin("GET", "/debugger", "")
                .json()
                .valueStream()
                .map(complaint -> complaint.path("code").asInt())
                .toList();
    }

    @Test
    void aMessagingServiceReportsQueuedToo() throws Exception {
        twin.post(
                "Messages.json",
                "To",
                HANDSET,
                "MessagingServiceSid",
                SERVICE,
                "Body",
                "Hello",
                "StatusCallback",
                callback());

        await().untilAsserted(
                        () -> assertThat(twin.webhooks().statuses()).containsExactly("queued", "sent", "delivered"));
        assertThat(twin.webhooks().called().getFirst().get("MessagingServiceSid"))
                .isEqualTo(SERVICE);
    }

    @Test
    void aMessagingServiceFindsOutAboutAnOptOutLater() throws Exception {
        twin.say(HANDSET, "stop", FAST);

        String sid = twin.post(
                        "Messages.json",
                        "To",
                        HANDSET,
                        "MessagingServiceSid",
                        SERVICE,
                        "Body",
                        "Hello",
                        "StatusCallback",
                        callback())
                .text("sid");

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("failed"));
        assertThat(twin.webhooks().called().getFirst().get("ErrorCode")).isEqualTo("21610");
        assertThat(twin.get("Messages/" + sid + ".json")
                        .json()
                        .path("error_code")
                        .asInt())
                .isEqualTo(21610);
    }
}
