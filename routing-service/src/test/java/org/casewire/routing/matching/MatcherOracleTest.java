package org.casewire.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.routing.matching.Facts.Holder;
import org.casewire.routing.matching.Facts.Texted;

/**
 * Plays random histories – shared phones, changing numbers, old snapshots, cases that are closed, reopened, gone and
 * back, intakes that become cases, ties – and asks both the matcher and a second, slower reading of the rules. That one
 * shares no code with it: it keeps no state, sorts nothing and tries everything against everything.
 */
class MatcherOracleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] IDS = {"1", "2", "10", "zz"};
    private static final int NUMBERS = 3;

    /** What happens to a case; two things happen in each minute, so that times are often equal. */
    sealed interface Happening {
        Kind kind();

        String id();
    }

    /** The upstream tells of a case; a date of -1 is not given. */
    record Tells(Kind kind, String id, int updated, int dated, Map<PhoneField, Integer> numbers, boolean closed)
            implements Happening {}

    record Goes(Kind kind, String id) implements Happening {}

    record Texts(Kind kind, String id, int number) implements Happening {}

    record History(List<Happening> log, List<PhoneField> fields, int replyAt) {}

    private static int minute(int place) {
        return place / 2;
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        Arbitrary<String> ids = Arbitraries.of(IDS);
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, NUMBERS - 1);
        Arbitrary<Map<PhoneField, Integer>> phones =
                Arbitraries.maps(Arbitraries.of(PhoneField.class), numbers).ofMaxSize(3);
        Arbitrary<Tells> tells = Combinators.combine(
                        kinds,
                        ids,
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(-1, 3),
                        phones,
                        Arbitraries.of(true, false))
                .as(Tells::new);
        Arbitrary<List<Happening>> becomesACase = Combinators.combine(
                        ids, Arbitraries.integers().between(0, 8), phones)
                .as((id, updated, held) -> List.of(
                        new Tells(Kind.INTAKE, id, updated, 1, held, false),
                        new Goes(Kind.INTAKE, id),
                        new Tells(Kind.CASE, id, updated + 1, 1, held, false)));
        Arbitrary<List<Happening>> some = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, tells.map(one -> List.<Happening>of(one))),
                net.jqwik.api.Tuple.of(
                        4,
                        Combinators.combine(kinds, ids, numbers)
                                .as((kind, id, number) -> List.<Happening>of(new Texts(kind, id, number)))),
                net.jqwik.api.Tuple.of(
                        2, Combinators.combine(kinds, ids).as((kind, id) -> List.<Happening>of(new Goes(kind, id)))),
                net.jqwik.api.Tuple.of(1, becomesACase));
        Arbitrary<List<PhoneField>> fields = Arbitraries.of(
                List.of(PhoneField.mobile, PhoneField.home),
                List.of(PhoneField.mobile, PhoneField.home),
                List.of(PhoneField.home),
                List.of(PhoneField.other, PhoneField.mobile),
                List.of());
        return Combinators.combine(
                        some.list().ofMaxSize(16),
                        fields,
                        Arbitraries.integers().between(0, 9))
                .as((log, counted, replyAt) ->
                        new History(log.stream().flatMap(List::stream).toList(), counted, replyAt));
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
    void theMatcherAgreesWithASecondReadingOfTheRules(@ForAll("histories") History history) {
        for (int number = 0; number < NUMBERS; number++) {
            Facts facts = new Played(history).facts(number);
            for (Matching strategy : Matching.values()) {
                Match match = Matcher.match(
                        new Search(strategy, history.fields(), ZoneId.of("UTC"), at(history.replyAt())), facts);
                Set<String> expected = Oracle.expected(strategy, history, number);
                assertThat(match.filing().cases().stream().map(CaseRef::toString))
                        .containsExactlyInAnyOrderElementsOf(expected);
                assertThat(match.filing().rule() == Rule.NONE).isEqualTo(expected.isEmpty());
                assertThat(match.filing().explanation()).isNotEmpty();
                assertThat(chosen(match)).isEqualTo(expected);
                for (Matching other : Matching.values()) {
                    assertThat(names(match.outcomes().of(other).cases().stream()))
                            .isEqualTo(Oracle.expected(other, history, number));
                }
            }
        }
    }

    private static Set<String> chosen(Match match) {
        return names(match.candidates().best().stream()
                .filter(one -> one.verdict() == Verdict.CHOSEN)
                .map(Candidate::ref));
    }

    private static Set<String> names(Stream<CaseRef> cases) {
        return new HashSet<>(cases.map(CaseRef::toString).toList());
    }

    /** The history as the service keeps it: one step after the other. */
    private static final class Played {

        private final Map<CaseRef, Tells> known = new HashMap<>();
        private final Map<CaseRef, Integer> graves = new HashMap<>();
        private final List<Sent> texts = new ArrayList<>();
        private final Map<CaseRef, Integer> newest = new HashMap<>();

        private record Sent(CaseRef ref, Instant at, int number) {}

        Played(History history) {
            for (int place = 0; place < history.log().size(); place++) {
                Happening one = history.log().get(place);
                CaseRef ref = new CaseRef(one.kind(), one.id());
                switch (one) {
                    case Tells tells -> {
                        boolean later = tells.updated() >= newest.getOrDefault(ref, -1);
                        if (later && tells.updated() > graves.getOrDefault(ref, -1)) {
                            known.put(ref, tells);
                            graves.remove(ref);
                            newest.put(ref, tells.updated());
                        }
                    }
                    case Goes goes -> {
                        int grave = Math.max(minute(place), newest.getOrDefault(ref, -1));
                        graves.merge(ref, grave, Math::max);
                        known.remove(ref);
                    }
                    case Texts text -> texts.add(new Sent(ref, at(minute(place)), text.number()));
                }
            }
        }

        Facts facts(int number) {
            List<Texted> texted = new ArrayList<>();
            for (Sent text : texts) {
                if (text.number() == number) {
                    Tells sender = known.get(text.ref());
                    texted.add(new Texted(
                            text.ref(),
                            text.at(),
                            sender == null ? null : at(sender.updated()),
                            graves.containsKey(text.ref())));
                }
            }
            List<Holder> holders = new ArrayList<>();
            known.forEach((ref, one) -> one.numbers().forEach((field, held) -> {
                if (held == number) {
                    Instant dated = one.dated() < 0 || ref.kind() == Kind.PRESCREEN ? null : at(one.dated());
                    holders.add(new Holder(ref, field, dated, at(one.updated())));
                }
            }));
            return new Facts(texted, holders);
        }
    }

    /** The rules of the manual, read a second time, straight from the log. */
    private static final class Oracle {

        static Set<String> expected(Matching strategy, History history, int number) {
            return switch (strategy) {
                case MOST_RECENT_OUTBOUND ->
                    or(outbound(history, number), held(Kind.CASE, history, number), held(Kind.INTAKE, history, number));
                case MOST_RECENT_INTAKE ->
                    or(held(Kind.INTAKE, history, number), outbound(history, number), held(Kind.CASE, history, number));
                case MOST_RECENTLY_OPENED ->
                    or(held(Kind.CASE, history, number), outbound(history, number), held(Kind.INTAKE, history, number));
                case ALL -> everything(history, number);
            };
        }

        private static Set<String> or(String... found) {
            for (String one : found) {
                if (one != null) {
                    return Set.of(one);
                }
            }
            return Set.of();
        }

        /** Where the last tombstone of a case stands; -1 when it has none. */
        private static int tombstone(String kind, String id, History history) {
            int last = -1;
            for (int place = 0; place < history.log().size(); place++) {
                Happening one = history.log().get(place);
                if (one instanceof Goes && named(one, kind, id)) {
                    last = place;
                }
            }
            return last;
        }

        private static boolean named(Happening one, String kind, String id) {
            return one.kind().name().equals(kind) && one.id().equals(id);
        }

        /** The latest time up to its last tombstone that anything is known of; a snapshot must be later to count. */
        private static int grave(String kind, String id, History history) {
            int tombstone = tombstone(kind, id, history);
            int latest = -1;
            for (int place = 0; place <= tombstone; place++) {
                Happening one = history.log().get(place);
                if (named(one, kind, id) && one instanceof Goes) {
                    latest = Math.max(latest, minute(place));
                }
                if (named(one, kind, id) && one instanceof Tells tells) {
                    latest = Math.max(latest, tells.updated());
                }
            }
            return latest;
        }

        /** How a case stands: the latest of what was told since it was last gone. */
        private static Tells standing(String kind, String id, History history) {
            int grave = grave(kind, id, history);
            Tells standing = null;
            for (int place = tombstone(kind, id, history) + 1;
                    place < history.log().size();
                    place++) {
                if (history.log().get(place) instanceof Tells tells
                        && named(tells, kind, id)
                        && tells.updated() > grave
                        && (standing == null || tells.updated() >= standing.updated())) {
                    standing = tells;
                }
            }
            return standing;
        }

        private static boolean gone(Happening one, History history) {
            String kind = one.kind().name();
            return tombstone(kind, one.id(), history) >= 0 && standing(kind, one.id(), history) == null;
        }

        private static Set<String> everything(History history, int number) {
            Set<String> all = new LinkedHashSet<>();
            for (int place = 0; place < history.log().size(); place++) {
                Happening one = history.log().get(place);
                if (counts(place, history, number)) {
                    all.add(one.kind() + "|" + one.id());
                }
                Tells standing = standing(one.kind().name(), one.id(), history);
                if (standing != null
                        && !history.fields().isEmpty()
                        && Integer.valueOf(number)
                                .equals(standing.numbers().get(history.fields().get(0)))) {
                    all.add(one.kind() + "|" + one.id());
                }
            }
            return all;
        }

        private static boolean counts(int place, History history, int number) {
            return history.log().get(place) instanceof Texts text
                    && text.number() == number
                    && minute(place) < history.replyAt()
                    && !gone(text, history);
        }

        private static String outbound(History history, int number) {
            for (int place = 0; place < history.log().size(); place++) {
                boolean best = counts(place, history, number);
                for (int rival = 0; rival < history.log().size(); rival++) {
                    best = best && (!counts(rival, history, number) || !beats(rival, place, history));
                }
                if (best) {
                    Happening text = history.log().get(place);
                    return text.kind() + "|" + text.id();
                }
            }
            return null;
        }

        private static boolean beats(int one, int other, History history) {
            if (minute(one) != minute(other)) {
                return minute(one) > minute(other);
            }
            Happening text = history.log().get(one);
            Happening otherText = history.log().get(other);
            int updated = updated(text, history);
            int otherUpdated = updated(otherText, history);
            if (updated != otherUpdated) {
                return updated > otherUpdated;
            }
            return text.id().equals(otherText.id())
                    ? text.kind().ordinal() > otherText.kind().ordinal()
                    : text.id().compareTo(otherText.id()) > 0;
        }

        private static int updated(Happening one, History history) {
            Tells standing = standing(one.kind().name(), one.id(), history);
            return standing == null ? -1 : standing.updated();
        }

        /** The most recent case or intake among those that hold the number in a field that counts. */
        private static String held(Kind kind, History history, int number) {
            Tells best = null;
            for (String id : IDS) {
                Tells one = standing(kind.name(), id, history);
                boolean holds = false;
                for (PhoneField field : history.fields()) {
                    holds = holds
                            || one != null
                                    && Integer.valueOf(number)
                                            .equals(one.numbers().get(field));
                }
                if (holds && (best == null || later(one, best))) {
                    best = one;
                }
            }
            return best == null ? null : kind + "|" + best.id();
        }

        private static boolean later(Tells one, Tells other) {
            if (one.dated() != other.dated()) {
                return one.dated() > other.dated();
            }
            if (one.updated() != other.updated()) {
                return one.updated() > other.updated();
            }
            return one.id().compareTo(other.id()) > 0;
        }
    }
}
