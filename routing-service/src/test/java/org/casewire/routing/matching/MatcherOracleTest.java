package org.casewire.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 * Plays random histories and asks both the matcher and a second, slower reading of the rules that shares no code with
 * it: it tries every case against every other instead of sorting.
 */
class MatcherOracleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] IDS = {"1", "2", "10", "16E-1", "zz"};

    /** A case as the history leaves it; a minute of -1 means that the date is not given. */
    record Case(Kind kind, String id, int dated, int updated, Set<PhoneField> heldIn, boolean gone, boolean told) {}

    /** A text that a case sent to the sender. */
    record Text(Kind kind, String id, int minute) {}

    record History(List<Case> cases, List<Text> texts, List<PhoneField> fields, int replyAt) {}

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        Arbitrary<String> ids = Arbitraries.of(IDS);
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 6);
        Arbitrary<Case> cases = Combinators.combine(
                        kinds,
                        ids,
                        Arbitraries.integers().between(-1, 4),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(PhoneField.class).set().ofMaxSize(3),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of(true, true, true, false))
                .as(Case::new);
        Arbitrary<Text> texts = Combinators.combine(kinds, ids, minutes).as(Text::new);
        Arbitrary<List<PhoneField>> fields = Arbitraries.of(
                List.of(PhoneField.mobile, PhoneField.home),
                List.of(PhoneField.home),
                List.of(PhoneField.other, PhoneField.mobile),
                List.of());
        return Combinators.combine(
                        cases.list()
                                .uniqueElements(one -> one.kind() + one.id())
                                .ofMaxSize(8),
                        texts.list().ofMaxSize(8),
                        fields,
                        minutes)
                .as(History::new);
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void theMatcherAgreesWithASecondReadingOfTheRules(@ForAll("histories") History history) {
        for (Matching strategy : Matching.values()) {
            Filing filing = Matcher.match(
                            new Search(strategy, history.fields(), ZoneId.of("UTC"), at(history.replyAt())),
                            facts(history))
                    .filing();
            Set<String> expected = Oracle.expected(strategy, history);
            assertThat(filing.cases().stream().map(CaseRef::toString)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(filing.rule() == Rule.NONE).isEqualTo(expected.isEmpty());
            assertThat(filing.explanation()).isNotEmpty();
        }
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private static Facts facts(History history) {
        Map<String, Case> known = new TreeMap<>();
        history.cases().forEach(one -> known.put(one.kind() + "|" + one.id(), one));
        List<Texted> texted = new ArrayList<>();
        for (Text text : history.texts()) {
            Case sender = known.get(text.kind() + "|" + text.id());
            if (sender == null || !sender.gone()) {
                Instant updated = sender == null || !sender.told() ? null : at(sender.updated());
                texted.add(new Texted(new CaseRef(text.kind(), text.id()), at(text.minute()), updated, false));
            }
        }
        List<Holder> holders = new ArrayList<>();
        for (Case one : history.cases()) {
            if (one.told() && !one.gone()) {
                Instant dated = one.dated() < 0 || one.kind() == Kind.PRESCREEN ? null : at(one.dated());
                one.heldIn()
                        .forEach(field -> holders.add(
                                new Holder(new CaseRef(one.kind(), one.id()), field, dated, at(one.updated()))));
            }
        }
        return new Facts(texted, holders);
    }

    /** The rules of the manual, read a second time. */
    private static final class Oracle {

        static Set<String> expected(Matching strategy, History history) {
            String first = switch (strategy) {
                case MOST_RECENT_OUTBOUND -> or(outbound(history), opened(history), intake(history));
                case MOST_RECENT_INTAKE -> or(intake(history), outbound(history), opened(history));
                case MOST_RECENTLY_OPENED -> or(opened(history), outbound(history), intake(history));
                case ALL -> null;
            };
            if (strategy == Matching.ALL) {
                return everything(history);
            }
            return first == null ? Set.of() : Set.of(first);
        }

        private static String or(String... found) {
            for (String one : found) {
                if (one != null) {
                    return one;
                }
            }
            return null;
        }

        private static Set<String> everything(History history) {
            Set<String> all = new HashSet<>();
            for (Text text : history.texts()) {
                if (counts(text, history)) {
                    all.add(text.kind() + "|" + text.id());
                }
            }
            for (Case one : history.cases()) {
                boolean texting = !history.fields().isEmpty()
                        && one.heldIn().contains(history.fields().get(0));
                if (texting && one.told() && !one.gone()) {
                    all.add(one.kind() + "|" + one.id());
                }
            }
            return all;
        }

        private static boolean counts(Text text, History history) {
            Case sender = caseOf(text.kind(), text.id(), history);
            return text.minute() < history.replyAt() && (sender == null || !sender.gone());
        }

        private static Case caseOf(Kind kind, String id, History history) {
            for (Case one : history.cases()) {
                if (one.kind() == kind && one.id().equals(id)) {
                    return one;
                }
            }
            return null;
        }

        private static String outbound(History history) {
            for (Text text : history.texts()) {
                boolean best = counts(text, history);
                for (Text rival : history.texts()) {
                    best = best && (!counts(rival, history) || !beats(rival, text, history));
                }
                if (best) {
                    return text.kind() + "|" + text.id();
                }
            }
            return null;
        }

        private static boolean beats(Text one, Text other, History history) {
            if (one.minute() != other.minute()) {
                return one.minute() > other.minute();
            }
            int updated = updated(one, history);
            int otherUpdated = updated(other, history);
            return updated == otherUpdated
                    ? greater(one.id(), one.kind(), other.id(), other.kind())
                    : updated > otherUpdated;
        }

        private static int updated(Text text, History history) {
            Case sender = caseOf(text.kind(), text.id(), history);
            return sender == null || !sender.told() ? -1 : sender.updated();
        }

        private static boolean greater(String id, Kind kind, String otherId, Kind otherKind) {
            return id.equals(otherId) ? kind.ordinal() > otherKind.ordinal() : id.compareTo(otherId) > 0;
        }

        private static String opened(History history) {
            return mostRecent(Kind.CASE, history);
        }

        private static String intake(History history) {
            return mostRecent(Kind.INTAKE, history);
        }

        private static String mostRecent(Kind kind, History history) {
            Case best = null;
            for (Case one : history.cases()) {
                boolean holds = false;
                for (PhoneField field : history.fields()) {
                    holds = holds || one.heldIn().contains(field);
                }
                if (one.kind() == kind && holds && one.told() && !one.gone() && (best == null || later(one, best))) {
                    best = one;
                }
            }
            return best == null ? null : best.kind() + "|" + best.id();
        }

        private static boolean later(Case one, Case other) {
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
