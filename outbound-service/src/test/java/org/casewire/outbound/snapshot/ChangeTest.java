package org.casewire.outbound.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.casewire.events.ContactEvent;
import org.casewire.events.ContactEvent.ContactChanged;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.Received.Tombstone;
import org.jspecify.annotations.Nullable;

class ChangeTest {

    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");

    private static final Change.Reading<ContactEvent, ContactChanged> READING = new Change.Reading<>() {
        @Override
        public ContactChanged snapshot(ContactEvent event) {
            return (ContactChanged) event;
        }

        @Override
        public Instant updatedAt(ContactChanged snapshot) {
            return snapshot.updatedAt();
        }

        @Override
        public void checkKey(String key) {}
    };

    /** A thing as it stands: one record after the other, as the contract says it. */
    private record State(
            @Nullable ContactChanged shown,
            @Nullable Instant updatedAt,
            @Nullable Instant goneAt) {

        State told(ContactChanged snapshot) {
            boolean older = updatedAt != null && snapshot.updatedAt().isBefore(updatedAt);
            boolean buried = goneAt != null && !snapshot.updatedAt().isAfter(goneAt);
            return older || buried ? this : new State(snapshot, snapshot.updatedAt(), null);
        }

        State gone(Instant at) {
            Instant mark = at;
            for (Instant other : new Instant[] {goneAt, updatedAt}) {
                mark = other != null && other.isAfter(mark) ? other : mark;
            }
            return new State(null, updatedAt == null ? mark : updatedAt, mark);
        }

        State apply(Change<ContactChanged> change) {
            State after = change.gone() == null ? this : gone(change.gone().at());
            return change.latest() == null ? after : after.told(change.latest().snapshot());
        }

        State apply(Received<ContactEvent> received) {
            return switch (received) {
                case Arrived<ContactEvent> arrived -> told((ContactChanged) arrived.event());
                case Tombstone<ContactEvent> tombstone ->
                    gone(tombstone.origin().time());
            };
        }
    }

    private static Received<ContactEvent> received(boolean tombstone, int second, long offset) {
        Instant at = START.plusSeconds(second);
        Origin origin = new Origin("id" + offset, "demo|c", at, "trace", "sms.contacts", 0, offset);
        return tombstone
                ? new Tombstone<>("demo|c", origin)
                : new Arrived<>(
                        new ContactChanged("demo", "c", "name" + offset, null, null, null, null, null, null, at),
                        List.of(),
                        origin);
    }

    @Provide
    Arbitrary<List<Received<ContactEvent>>> histories() {
        return Combinators.combine(
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(0, 6))
                .as((tombstone, second) -> new int[] {tombstone ? 1 : 0, second})
                .list()
                .ofMaxSize(8)
                .map(steps -> {
                    List<Received<ContactEvent>> history = new ArrayList<>();
                    steps.forEach(step -> history.add(received(step[0] == 1, step[1], history.size())));
                    return history;
                });
    }

    @Property
    void aBatchComesToTheSameAsItsRecordsOneAfterTheOther(
            @ForAll("histories") List<Received<ContactEvent>> before,
            @ForAll("histories") List<Received<ContactEvent>> batch) {
        State state = new State(null, null, null);
        for (Received<ContactEvent> received : before) {
            state = state.apply(received);
        }
        State batched = state;
        for (Change<ContactChanged> change : Change.of(batch, READING)) {
            batched = batched.apply(change);
        }
        for (Received<ContactEvent> received : batch) {
            state = state.apply(received);
        }
        assertThat(Objects.toString(batched.shown())).isEqualTo(Objects.toString(state.shown()));
    }
}
