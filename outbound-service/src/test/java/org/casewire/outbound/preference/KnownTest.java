package org.casewire.outbound.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested.Audience;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.preference.Known.Origin;
import org.casewire.outbound.preference.Known.Own;
import org.casewire.outbound.preference.Known.Source;
import org.casewire.outbound.preference.Known.Upstream;
import org.casewire.outbound.preference.Known.Wishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KnownTest {

    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");

    private static Wishes wishes(Boolean enabled, Delivery delivery, Boolean locked) {
        return new Wishes(enabled, delivery, locked);
    }

    private static Known upstream(Wishes... contacts) {
        return new Known(
                Arrays.stream(contacts)
                        .map(wishes ->
                                new Upstream("c" + Arrays.asList(contacts).indexOf(wishes), wishes, null, AT))
                        .toList(),
                null);
    }

    private static Known own(Known upstream, Wishes wishes) {
        return new Known(upstream.upstream(), new Own(wishes, "sam", AT));
    }

    private static RejectionReason reason(Known known, Purpose purpose, Audience audience, boolean textDemanded) {
        return Preference.refusal(known.preference(), purpose, audience, textDemanded)
                .map(Rejection::reason)
                .orElse(null);
    }

    @Test
    void somebodyNobodySaidAnythingAboutIsTexted() {
        assertThat(Preference.refusal(null, Purpose.STATEMENT, Audience.CLIENT, false))
                .isEmpty();
        assertThat(Known.NOTHING.preference()).isEqualTo(Preference.UNSAID);
        assertThat(upstream(Wishes.NONE).preference()).isEqualTo(Preference.UNSAID);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    # enabled, delivery, locked, TEXT said; why it is refused
                    -,     -,              -,     false, -
                    true,  TEXT_ONLY,      true,  false, -
                    true,  TEXT_AND_EMAIL, true,  false, -
                    true,  EMAIL_ONLY,     -,     false, EMAIL_ONLY
                    true,  EMAIL_ONLY,     false, true,  -
                    true,  EMAIL_ONLY,     true,  true,  EMAIL_ONLY
                    false, TEXT_ONLY,      false, true,  TEXTING_DISABLED
                    false, EMAIL_ONLY,     false, true,  TEXTING_DISABLED
                    """)
    void aTextIsRefusedWhenItGoesAgainstWhatIsKnown(
            Boolean enabled, Delivery delivery, Boolean locked, boolean textDemanded, RejectionReason reason) {
        Known known = upstream(wishes(enabled, delivery, locked));
        for (Purpose purpose : Purpose.values()) {
            assertThat(reason(known, purpose, Audience.CLIENT, textDemanded)).isEqualTo(reason);
            assertThat(reason(known, purpose, Audience.STAFF, textDemanded))
                    .as("staff are no clients")
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void ofSeveralContactsOneWithTextingOffIsEnough(Delivery delivery) {
        assertThat(upstream(wishes(true, delivery, null), wishes(false, null, null))
                        .preference()
                        .textingEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "TEXT_ONLY, EMAIL_ONLY, EMAIL_ONLY",
                "TEXT_AND_EMAIL, EMAIL_ONLY, EMAIL_ONLY",
                "TEXT_ONLY, TEXT_AND_EMAIL, TEXT_AND_EMAIL",
                "TEXT_ONLY, -, TEXT_AND_EMAIL",
                "-, EMAIL_ONLY, EMAIL_ONLY"
            })
    void ofSeveralContactsTheStrictestDeliveryCounts(Delivery one, Delivery other, Delivery strictest) {
        assertThat(upstream(wishes(null, one, null), wishes(null, other, null))
                        .preference()
                        .delivery())
                .isEqualTo(strictest);
        assertThat(upstream(wishes(null, other, null), wishes(null, one, null))
                        .preference()
                        .delivery())
                .isEqualTo(strictest);
    }

    @Test
    void aLockCountsWithTheDeliveryItLocks() {
        Wishes email = wishes(null, Delivery.EMAIL_ONLY, null);
        assertThat(upstream(email, wishes(null, Delivery.EMAIL_ONLY, true))
                        .preference()
                        .locked())
                .isTrue();
        assertThat(upstream(email, wishes(null, Delivery.TEXT_ONLY, true))
                        .preference()
                        .locked())
                .isFalse();
    }

    @Test
    void whatOursSayWinsValueByValueUntilItIsCleared() {
        Known upstream = upstream(wishes(false, Delivery.EMAIL_ONLY, true));
        assertThat(own(upstream, wishes(true, null, null)).preference())
                .returns(true, Preference::textingEnabled)
                .returns(Delivery.EMAIL_ONLY, Preference::delivery)
                .returns(true, Preference::locked);
        assertThat(own(upstream, wishes(null, Delivery.TEXT_ONLY, false)).preference())
                .returns(false, Preference::textingEnabled)
                .returns(Delivery.TEXT_ONLY, Preference::delivery)
                .returns(false, Preference::locked);
        assertThat(own(Known.NOTHING, wishes(false, null, null)).preference().textingEnabled())
                .isFalse();
    }

    @Test
    void eachValueSaysWhereItComesFrom() {
        Known known = own(
                upstream(
                        wishes(true, Delivery.EMAIL_ONLY, null),
                        wishes(null, Delivery.TEXT_ONLY, null),
                        wishes(false, Delivery.EMAIL_ONLY, null)),
                wishes(null, null, true));
        assertThat(known.origin(Wishes::textingEnabled, false)).isEqualTo(new Origin(Source.UPSTREAM, List.of("c2")));
        assertThat(known.origin(Wishes::delivery, Delivery.EMAIL_ONLY))
                .isEqualTo(new Origin(Source.UPSTREAM, List.of("c0", "c2")));
        assertThat(known.origin(Wishes::deliveryLocked, true)).isEqualTo(new Origin(Source.OURS, List.of()));
        assertThat(Known.NOTHING.origin(Wishes::textingEnabled, true)).isEqualTo(new Origin(Source.DEFAULT, List.of()));
    }

    @Test
    void contactsThatLiveInDifferentZonesAreAllLetSleep() {
        ZoneId denver = ZoneId.of("America/Denver");
        ZoneId honolulu = ZoneId.of("Pacific/Honolulu");
        Known known = new Known(
                List.of(
                        new Upstream("a", Wishes.NONE, denver, AT),
                        new Upstream("b", Wishes.NONE, null, AT),
                        new Upstream("c", Wishes.NONE, honolulu, AT)),
                null);
        assertThat(known.preference().timeZones()).containsExactlyInAnyOrder(denver, honolulu);
    }
}
