package org.casewire.outbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.outbound.message.Message.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {

    private static final Instant T = Instant.parse("2026-03-02T13:00:00Z");
    private static final Instant LATER = T.plusSeconds(30);
    private static final Instant NEXT = T.plusSeconds(600);
    private static final UUID OURS = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final UUID STALE = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final Rejection REFUSAL = new Rejection(RejectionReason.TWILIO_REFUSED, "Twilio 21614: landline");

    private static Part part(int number, MessageStatus status) {
        boolean withTwilio = status.isWithTwilio();
        return new Part(
                number,
                "text " + number,
                null,
                1,
                status,
                withTwilio ? "SM" + number : null,
                null,
                status.isWaiting() ? null : OURS,
                status.isWaiting() ? null : T,
                T,
                status.isOut() ? LATER : null,
                false,
                withTwilio && !status.isFinal() ? NEXT : null,
                T);
    }

    private static Message message(MessageStatus... parts) {
        MessageHeader header = new MessageHeader(
                UUID.randomUUID(),
                "demo",
                "+14045387319",
                "+14045387300",
                null,
                "maria",
                Purpose.CONVERSATION,
                Map.of());
        return new Message(
                header,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                T,
                IntStream.range(0, parts.length)
                        .mapToObj(i -> part(i + 1, parts[i]))
                        .toList(),
                null,
                false);
    }

    private static String named(OutboundEvent event) {
        return switch (event) {
            case MessageScheduled scheduled -> "Scheduled";
            case MessageHeld held -> "Held " + held.reason();
            case MessageAccepted accepted -> "Accepted " + accepted.part();
            case MessageStatusChanged changed -> changed.status() + " " + changed.part();
            case MessageRejected rejected -> "Rejected " + rejected.reason();
            case MessageCancelled cancelled -> "Cancelled by " + cancelled.by();
        };
    }

    private static List<String> told(Message message) {
        return message.events().stream().map(MessageTest::named).toList();
    }

    private static void hear(Message message, int part, String report) {
        String[] words = report.split(" ");
        UUID attempt = words.length > 1 && words[1].equals("stale") ? STALE : OURS;
        switch (words[0]) {
            case "told" -> message.told(part, "SM" + part, MessageStatus.valueOf(words[1]), null, NEXT, T);
            case "refused" -> message.refused(part, attempt, REFUSAL, 21614, T);
            case "expired" -> message.refused(part, null, new Rejection(RejectionReason.EXPIRED, "too late"), null, T);
            case "postponed" -> message.postponed(part, attempt, LATER, T);
            case "doubted" -> message.doubted(part, attempt, LATER, false, T);
            case "released" -> message.released(part, attempt, T);
            case "ready" -> message.ready(part, T);
            case "cancelled" -> message.cancel("maria", "moved", T);
            case "held" -> message.held(part, null, Hold.NO_CREDENTIALS, LATER, T);
            default -> throw new IllegalArgumentException(report);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    # stands    ; hears            ; then stands ; and tells
                    SENDING     ; told ACCEPTED    ; ACCEPTED    ; Accepted 1
                    SENDING     ; told QUEUED      ; QUEUED      ; Accepted 1, QUEUED 1
                    SENDING     ; told DELIVERED   ; DELIVERED   ; Accepted 1, DELIVERED 1
                    SENDING     ; told FAILED      ; FAILED      ; Accepted 1, FAILED 1
                    SENDING     ; refused          ; REJECTED    ; Rejected TWILIO_REFUSED
                    SENDING     ; postponed        ; WAITING     ;
                    SENDING     ; doubted          ; IN_DOUBT    ;
                    SENDING     ; released         ; WAITING     ;
                    SENDING     ; expired          ; SENDING     ;
                    SENDING     ; held             ; SENDING     ;
                    IN_DOUBT    ; told SENT        ; SENT        ; Accepted 1, SENT 1
                    IN_DOUBT    ; refused          ; REJECTED    ; Rejected TWILIO_REFUSED
                    IN_DOUBT    ; released         ; WAITING     ;
                    IN_DOUBT    ; expired          ; IN_DOUBT    ;
                    WAITING     ; told QUEUED      ; QUEUED      ; Accepted 1, QUEUED 1
                    WAITING     ; expired          ; REJECTED    ; Rejected EXPIRED
                    WAITING     ; refused          ; WAITING     ;
                    WAITING     ; doubted          ; WAITING     ;
                    WAITING     ; held             ; HELD        ; Held NO_CREDENTIALS
                    SCHEDULED   ; held             ; HELD        ; Held NO_CREDENTIALS
                    SCHEDULED   ; expired          ; REJECTED    ; Rejected EXPIRED
                    HELD        ; expired          ; REJECTED    ; Rejected EXPIRED
                    ACCEPTED    ; told ACCEPTED    ; ACCEPTED    ;
                    ACCEPTED    ; told QUEUED      ; QUEUED      ; QUEUED 1
                    QUEUED      ; told QUEUED      ; QUEUED      ;
                    QUEUED      ; told SENT        ; SENT        ; SENT 1
                    QUEUED      ; refused          ; QUEUED      ;
                    QUEUED      ; doubted          ; QUEUED      ;
                    QUEUED      ; released         ; QUEUED      ;
                    QUEUED      ; postponed        ; QUEUED      ;
                    QUEUED      ; expired          ; QUEUED      ;
                    QUEUED      ; held             ; QUEUED      ;
                    SENT        ; told QUEUED      ; SENT        ;
                    SENT        ; told UNDELIVERED ; UNDELIVERED ; UNDELIVERED 1
                    DELIVERED   ; told SENT        ; DELIVERED   ;
                    DELIVERED   ; told FAILED      ; DELIVERED   ;
                    DELIVERED   ; told READ        ; READ        ; READ 1
                    UNDELIVERED ; told DELIVERED   ; UNDELIVERED ;
                    FAILED      ; told DELIVERED   ; FAILED      ;
                    READ        ; told DELIVERED   ; READ        ;
                    REJECTED    ; refused          ; REJECTED    ;
                    REJECTED    ; expired          ; REJECTED    ;
                    REJECTED    ; released         ; REJECTED    ;
                    REJECTED    ; told SENT        ; SENT        ; Accepted 1, SENT 1
                    SCHEDULED   ; ready            ; WAITING     ;
                    HELD        ; ready            ; WAITING     ;
                    SENDING     ; ready            ; SENDING     ;
                    QUEUED      ; ready            ; QUEUED      ;
                    SCHEDULED   ; cancelled        ; CANCELLED   ; Cancelled by maria
                    HELD        ; cancelled        ; CANCELLED   ; Cancelled by maria
                    WAITING     ; cancelled        ; CANCELLED   ; Cancelled by maria
                    SENDING     ; cancelled        ; SENDING     ;
                    IN_DOUBT    ; cancelled        ; IN_DOUBT    ;
                    QUEUED      ; cancelled        ; QUEUED      ;
                    REJECTED    ; cancelled        ; REJECTED    ;
                    CANCELLED   ; cancelled        ; CANCELLED   ;
                    CANCELLED   ; ready            ; CANCELLED   ;
                    CANCELLED   ; expired          ; CANCELLED   ;
                    CANCELLED   ; held             ; CANCELLED   ;
                    """)
    void aPartMovesForwardAndTellsOfIt(MessageStatus before, String report, MessageStatus after, String events) {
        Message message = message(before);
        hear(message, 1, report);
        assertThat(message.part(1).status()).isEqualTo(after);
        assertThat(message.status()).isEqualTo(after);
        assertThat(String.join(", ", told(message))).isEqualTo(events == null ? "" : events);
    }

    @ParameterizedTest
    @CsvSource({"SENDING", "IN_DOUBT", "WAITING", "QUEUED", "REJECTED"})
    void newsOfAnAttemptThatIsNotOutAnyMoreChangeNothing(MessageStatus status) {
        Message message = message(status);
        Part before = message.part(1);
        for (String report : List.of("refused stale", "postponed stale", "doubted stale", "released stale")) {
            hear(message, 1, report);
        }
        assertThat(message.part(1)).isEqualTo(before);
        assertThat(message.events()).isEmpty();
    }

    @Test
    void aTextTwilioHasUnderAnotherSidIsADouble() {
        Message message = message(MessageStatus.QUEUED, MessageStatus.WAITING);
        assertThat(message.isDouble(1, "SM-of-an-abandoned-attempt")).isTrue();
        assertThat(message.isDouble(1, "SM1")).isFalse();
        assertThat(message.isDouble(2, "SM2")).isFalse();
    }

    @Test
    void anAttemptThatGotThroughKeepsItsSidAndIsAskedForLater() {
        Message message = message(MessageStatus.SENDING);
        hear(message, 1, "told QUEUED");
        assertThat(message.part(1).sid()).isEqualTo("SM1");
        assertThat(message.part(1).attempt()).isEqualTo(OURS);
        assertThat(message.part(1).leaseUntil()).isNull();
        assertThat(message.part(1).askAt()).isEqualTo(NEXT);
        hear(message, 1, "told DELIVERED");
        assertThat(message.part(1).askAt()).isNull();
    }

    @Test
    void aPostponedPartWaitsForItsTimeWithoutAnAttempt() {
        Message message = message(MessageStatus.SENDING);
        hear(message, 1, "postponed");
        assertThat(message.part(1).dueAt()).isEqualTo(LATER);
        assertThat(message.part(1).attempt()).isNull();
        assertThat(message.part(1).leaseUntil()).isNull();
    }

    @Test
    void aDoubtHasItsOwnLease() {
        Message message = message(MessageStatus.SENDING);
        hear(message, 1, "doubted");
        assertThat(message.part(1).leaseUntil()).isEqualTo(LATER);
        assertThat(message.part(1).attempt()).isEqualTo(OURS);
    }

    @Test
    void whatIsGivenUpStaysInTheJournal() {
        Message message = message(MessageStatus.SENDING);
        hear(message, 1, "doubted");
        assertThat(message.attempts()).isEmpty();
        hear(message, 1, "released");
        assertThat(message.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.attempt()).isEqualTo(OURS);
            assertThat(attempt.startedAt()).isEqualTo(T);
            assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.ABANDONED);
        });
    }

    @Test
    void aMessageOfWhichAPartHasLeftCannotBeCalledOff() {
        Message message = message(MessageStatus.QUEUED, MessageStatus.WAITING);
        assertThat(message.cancel("maria", null, T)).isEqualTo(Message.Cancelled.ALREADY_LEFT);
        assertThat(message.events()).isEmpty();
        assertThat(message(MessageStatus.DELIVERED).cancel("maria", null, T))
                .isEqualTo(Message.Cancelled.ALREADY_ENDED);
    }

    @Test
    void aMessageIsCalledOffWithAllItsParts() {
        Message message = message(MessageStatus.SCHEDULED, MessageStatus.SCHEDULED);
        assertThat(message.cancel("maria", "moved", T)).isEqualTo(Message.Cancelled.NOW);
        assertThat(message.cancel("sam", "moved", T)).isEqualTo(Message.Cancelled.BEFORE);
        assertThat(told(message)).containsExactly("Cancelled by maria");
        assertThat(message.status()).isEqualTo(MessageStatus.CANCELLED);
    }

    @Test
    void aClaimedPartThatMayNotLeaveIsHeldWithItsEnd() {
        Message message = message(MessageStatus.SENDING);
        message.held(1, OURS, Hold.QUIET_HOURS, LATER, T);
        assertThat(message.status()).isEqualTo(MessageStatus.HELD);
        assertThat(message.part(1).dueAt()).isEqualTo(LATER);
        assertThat(message.part(1).attempt()).isNull();
        message.held(1, null, Hold.QUIET_HOURS, LATER, T);
        message.held(1, null, Hold.QUIET_HOURS, NEXT, T);
        assertThat(message.events()).hasSize(2);
    }

    @Test
    void aHoldIsToldOnceForItsReason() {
        Message message = message(MessageStatus.WAITING);
        hear(message, 1, "held");
        hear(message, 1, "held");
        message.held(1, null, Hold.SITE_PAUSED, LATER, T);
        assertThat(told(message)).containsExactly("Held NO_CREDENTIALS", "Held SITE_PAUSED");
        assertThat(message.hold()).isEqualTo(Hold.SITE_PAUSED);
        assertThat(message.part(1).dueAt()).isEqualTo(LATER);
        hear(message, 1, "told QUEUED");
        assertThat(message.hold()).isNull();
    }

    @Test
    void aHoldOfSeveralPartsIsToldOnce() {
        Message message = message(MessageStatus.SCHEDULED, MessageStatus.SCHEDULED);
        hear(message, 1, "held");
        hear(message, 2, "held");
        assertThat(told(message)).containsExactly("Held NO_CREDENTIALS");
        assertThat(message.status()).isEqualTo(MessageStatus.HELD);
    }

    @Test
    void aRefusalOfTheFirstPartRejectsTheMessage() {
        Message message = message(MessageStatus.SENDING, MessageStatus.WAITING, MessageStatus.WAITING);
        hear(message, 1, "refused");
        assertThat(told(message)).containsExactly("Rejected TWILIO_REFUSED");
        assertThat(message.parts()).extracting(Part::status).containsOnly(MessageStatus.REJECTED);
        assertThat(message.parts()).extracting(Part::errorCode).containsExactly(21614, null, null);
        assertThat(message.rejection()).contains(REFUSAL);
        assertThat(message.status()).isEqualTo(MessageStatus.REJECTED);
    }

    @Test
    void aRefusalAfterAPartLeftFailsThatPartAndStopsTheRest() {
        Message message = message(MessageStatus.DELIVERED, MessageStatus.SENDING, MessageStatus.WAITING);
        hear(message, 2, "refused");
        assertThat(message.events()).singleElement().isInstanceOfSatisfying(MessageStatusChanged.class, failed -> {
            assertThat(failed.part()).isEqualTo(2);
            assertThat(failed.sid()).isNull();
            assertThat(failed.status()).isEqualTo(Status.FAILED);
            assertThat(failed.errorCode()).isEqualTo(21614);
        });
        assertThat(message.parts())
                .extracting(Part::status)
                .containsExactly(MessageStatus.DELIVERED, MessageStatus.FAILED, MessageStatus.FAILED);
        assertThat(message.rejection()).isEmpty();
        assertThat(message.status()).isEqualTo(MessageStatus.FAILED);
    }

    @Test
    void aLaterPartDoesNotExpireBeforeItIsKnownWhatBecameOfTheEarlierOnes() {
        for (MessageStatus first : List.of(MessageStatus.SENDING, MessageStatus.IN_DOUBT, MessageStatus.WAITING)) {
            Message message = message(first, MessageStatus.WAITING);
            hear(message, 2, "expired");
            assertThat(message.events()).as("while the first is %s", first).isEmpty();
            assertThat(message.part(2).status()).isEqualTo(MessageStatus.WAITING);
        }
    }

    @Test
    void aMessageThatExpiresWholeSaysSoOnce() {
        Message message = message(MessageStatus.WAITING, MessageStatus.WAITING);
        hear(message, 2, "expired");
        hear(message, 1, "expired");
        hear(message, 2, "expired");
        assertThat(told(message)).containsExactly("Rejected EXPIRED");
        assertThat(message.parts()).extracting(Part::status).containsOnly(MessageStatus.REJECTED);
    }

    /** What Twilio reports of one text, in the order in which it happens. */
    enum Lifecycle {
        DELIVERED("queued", "sending", "sent", "delivered"),
        UNDELIVERED("queued", "sending", "sent", "undelivered"),
        FAILED("accepted", "queued", "failed"),
        CANCELED("scheduled", "canceled"),
        READ("accepted", "queued", "sending", "sent", "delivered", "read"),
        STILL_ON_ITS_WAY("accepted", "queued", "sending", "sent"),
        NEVER_LEFT("queued");

        private final List<MessageStatus> reports;

        Lifecycle(String... words) {
            reports = Arrays.stream(words)
                    .map(word -> MessageStatus.fromTwilio(word).orElseThrow())
                    .toList();
        }
    }

    record Story(Lifecycle lifecycle, List<MessageStatus> heard) {}

    @Provide
    Arbitrary<Story> shuffledWithRepeats() {
        return Arbitraries.of(Lifecycle.class).flatMap(lifecycle -> {
            Arbitrary<List<MessageStatus>> repeats =
                    Arbitraries.of(lifecycle.reports).list().ofMaxSize(6);
            return repeats.flatMap(more -> {
                List<MessageStatus> all = new ArrayList<>(lifecycle.reports);
                all.addAll(more);
                return Arbitraries.shuffle(all).map(heard -> new Story(lifecycle, heard));
            });
        });
    }

    @Property(tries = 500)
    void anyShuffleWithRepeatsEndsWhereTwilioEnded(@ForAll("shuffledWithRepeats") Story story) {
        Message message = message(MessageStatus.SENDING);
        int moves = 0;
        for (MessageStatus status : story.heard) {
            moves += message.told(1, "SM1", status, null, NEXT, T) ? 1 : 0;
        }
        MessageStatus end = story.lifecycle.reports.getLast();
        assertThat(message.status()).isEqualTo(end);
        assertThat(moves).isLessThanOrEqualTo(story.lifecycle.reports.size());
        assertThat(told(message).getFirst()).isEqualTo("Accepted 1");
        assertThat(told(message).getLast()).isEqualTo(end.onTheLog() + " 1");
        assertThat(message.events())
                .filteredOn(MessageAccepted.class::isInstance)
                .hasSize(1);
        assertForward(message, 1);
    }

    /** What a part may hear while it is out, waiting or with Twilio, in any order. */
    @Provide
    Arbitrary<List<Map.Entry<Integer, String>>> anyReports() {
        Arbitrary<String> reports = Arbitraries.of(
                "told QUEUED",
                "told SENT",
                "told DELIVERED",
                "told FAILED",
                "told READ",
                "told ACCEPTED",
                "postponed",
                "doubted",
                "released",
                "refused stale",
                "doubted stale",
                "held");
        return Combinators.combine(Arbitraries.integers().between(1, 3), reports)
                .as(Map::entry)
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 500)
    void whateverIsHeardAPartIsAcceptedOnceAndNeverGoesBack(
            @ForAll("anyReports") List<Map.Entry<Integer, String>> reports) {
        Message message = message(MessageStatus.SENDING, MessageStatus.WAITING, MessageStatus.WAITING);
        for (Map.Entry<Integer, String> report : reports) {
            MessageStatus before = message.part(report.getKey()).status();
            hear(message, report.getKey(), report.getValue());
            MessageStatus after = message.part(report.getKey()).status();
            if (before.isWithTwilio()) {
                assertThat(after == before || before.isBefore(after))
                        .as("%s → %s", before, after)
                        .isTrue();
            }
        }
        IntStream.rangeClosed(1, 3).forEach(part -> assertForward(message, part));
        assertThat(message.rejection()).isEmpty();
    }

    private static void assertForward(Message message, int part) {
        List<OutboundEvent> ofPart = message.events().stream()
                .filter(event -> switch (event) {
                    case MessageAccepted accepted -> accepted.part() == part;
                    case MessageStatusChanged changed -> changed.part() == part;
                    case MessageHeld held -> false;
                    case MessageScheduled scheduled -> false;
                    case MessageRejected rejected -> false;
                    case MessageCancelled cancelled -> false;
                })
                .toList();
        assertThat(ofPart.stream().map(MessageAccepted.class::isInstance))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(ofPart).filteredOn(MessageAccepted.class::isInstance).hasSizeLessThanOrEqualTo(1);
        List<MessageStatus> statuses = ofPart.stream()
                .filter(MessageStatusChanged.class::isInstance)
                .map(event -> MessageStatus.valueOf(
                        ((MessageStatusChanged) event).status().name()))
                .toList();
        for (int i = 1; i < statuses.size(); i++) {
            assertThat(statuses.get(i - 1).isBefore(statuses.get(i)))
                    .as("%s", statuses)
                    .isTrue();
        }
        assertThat(ofPart.isEmpty() || ofPart.getFirst() instanceof MessageAccepted)
                .isTrue();
    }
}
