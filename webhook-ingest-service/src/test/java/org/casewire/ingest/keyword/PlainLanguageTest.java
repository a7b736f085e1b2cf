package org.casewire.ingest.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.casewire.ingest.keyword.PlainLanguage.Meaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule against a labelled corpus of English and Spanish texts. */
class PlainLanguageTest {

    private static final Map<String, Meaning> LABELS =
            Map.of("SURE", Meaning.OPT_OUT, "UNSURE", Meaning.UNSURE, "NOTHING", Meaning.NOTHING);

    private record Labelled(boolean heldOut, Meaning meaning, String language, String sentence) {

        static Labelled of(String line) {
            String[] columns = line.split("\\|", 4);
            return new Labelled(columns[0].equals("HELD"), LABELS.get(columns[1]), columns[2], columns[3]);
        }

        Meaning found() {
            return PlainLanguage.of(sentence);
        }
    }

    private record Figures(double precision, double recall) {

        static Figures of(Meaning meaning, List<Labelled> corpus) {
            double both = count(corpus.stream().filter(one -> one.meaning() == meaning && one.found() == meaning));
            return new Figures(
                    both / count(corpus.stream().filter(one -> one.found() == meaning)),
                    both / count(corpus.stream().filter(one -> one.meaning() == meaning)));
        }

        private static double count(Stream<Labelled> sentences) {
            return sentences.count();
        }

        @Override
        public String toString() {
            return "precision %.3f, recall %.3f".formatted(precision, recall);
        }
    }

    private static List<Labelled> corpus() {
        try (InputStream file = PlainLanguageTest.class.getResourceAsStream("/plain-language-corpus.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Labelled::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void whatIsSureIsNeverWrongAndSeldomMissed(TestReporter reporter) {
        List<Labelled> corpus = corpus();
        List<Labelled> heldOut = corpus.stream().filter(Labelled::heldOut).toList();
        assertThat(corpus).hasSizeGreaterThan(900);
        assertThat(corpus.stream().filter(one -> one.language().equals("es"))).hasSizeGreaterThan(200);
        assertThat(heldOut).hasSizeGreaterThan(corpus.size() / 3);
        for (Meaning meaning : Meaning.values()) {
            reporter.publishEntry(
                    meaning.toString(),
                    "%s; held out: %s".formatted(Figures.of(meaning, corpus), Figures.of(meaning, heldOut)));
        }
        assertThat(corpus.stream()
                        .filter(one -> one.found() == Meaning.OPT_OUT && one.meaning() != Meaning.OPT_OUT)
                        .map(Labelled::sentence))
                .isEmpty();
        assertThat(Figures.of(Meaning.OPT_OUT, corpus).recall()).isGreaterThanOrEqualTo(0.9);
        assertThat(Figures.of(Meaning.NOTHING, corpus).recall()).isGreaterThanOrEqualTo(0.95);
        assertThat(corpus.stream()
                        .filter(one -> one.meaning() != Meaning.NOTHING && one.found() == Meaning.NOTHING)
                        .map(Labelled::sentence))
                .as("what is or may be an opt-out is never dropped")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sToP tExTiNg Me",
                "stop   texting\n\nme",
                "Stooop texting meeee!!!",
                "s.t.o.p texting me",
                "St0p texting me",
                "STOP TEXTING ME 😡😡",
                "\u201cStop texting me\u201d",
                "stop\u00a0texting me",
                "Don\u2019t text me",
                "DONT TEXT ME",
                "no me manden más mensajes",
                "No me manden ma\u0301s mensajes",
                "NO ME MANDEN MAS MENSAJES",
                "Ya no me escriban, por favor."
            })
    void itIsTheSameHoweverItIsWritten(String body) {
        assertThat(PlainLanguage.of(body)).isEqualTo(Meaning.OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "😀",
                "\u0000",
                "12345",
                "مرحبا، متى الموعد؟",
                "ok",
                "https://example.org/stop?me"
            })
    void whatSaysNothingMeansNothing(String body) {
        assertThat(PlainLanguage.of(body)).isEqualTo(Meaning.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stop ", "dont want ", "no quiero ", "take me off the ", "s t o p ", "aaaa", "did i ", "!a,"})
    void theLongestTextIsReadAtOnce(String repeated) {
        String body = repeated.repeat(1_600).substring(0, 1_600);
        assertTimeout(Duration.ofSeconds(4), () -> {
            for (int times = 0; times < 100; times++) {
                PlainLanguage.of(body);
            }
        });
    }
}
