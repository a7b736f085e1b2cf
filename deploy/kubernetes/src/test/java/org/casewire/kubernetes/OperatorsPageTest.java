package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code deploy/README.md} names what is there. */
class OperatorsPageTest {

    private static final Path ROOT = Folder.HERE.resolve("../..").normalize();
    private static final String PAGE = Folder.read(ROOT.resolve("deploy/README.md"));
    private static final Pattern SETTING = Pattern.compile("`((?:casewire|spring)\\.[a-z0-9.<>-]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(casewire\\.[a-z0-9.-]+)` \\| (?:`([^`]*)`)? ?\\| ");
    private static final Pattern PLACE = Pattern.compile("deploy/[a-z][a-z0-9./-]*[a-z]");

    private final KnownSettings settings = new KnownSettings();

    @Test
    void everySettingItNamesIsRead() {
        Set<String> named = all(SETTING).map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(30);
        named.removeIf(name -> settings.knows(name.replace("<site>", "demo")));
        assertThat(named).as("settings that no service reads").isEmpty();
    }

    @Test
    void theDefaultsAreTheServicesOwn() {
        List<MatchResult> rows = all(ROW).toList();
        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(rows.stream()
                        .filter(row ->
                                !settings.defaultOf(row.group(1)).equals(row.group(2) == null ? "" : row.group(2)))
                        .map(row -> "%s is %s".formatted(row.group(1), settings.defaultOf(row.group(1)))))
                .as("defaults that are others")
                .isEmpty();
    }

    @Test
    void noFamilyOfSettingsIsForgotten() {
        Set<String> families = settings.own().stream()
                .map(name -> name.split("[.]")[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(families).hasSizeGreaterThan(10);
        families.removeIf(family -> PAGE.contains("`casewire." + family));
        assertThat(families)
                .as("families of settings without a row in deploy/README.md: give each a row")
                .isEmpty();
    }

    @Test
    void whatItSendsToIsThere() {
        // Written by deploy/compose/prepare.
        Set<String> made = Set.of("deploy/compose/.env", "deploy/compose/secrets");
        List<String> places = all(PLACE)
                .map(MatchResult::group)
                .filter(place -> made.stream().noneMatch(place::startsWith))
                .toList();
        assertThat(places)
                .contains("deploy/compose/build", "deploy/kubernetes/twin-secrets")
                .filteredOn(place -> !Files.exists(ROOT.resolve(place)))
                .isEmpty();
        assertThat(all(Pattern.compile("]\\(([^)#]+)\\)")).map(link -> link.group(1)))
                .isNotEmpty()
                .filteredOn(link -> !Files.exists(ROOT.resolve("deploy").resolve(link)))
                .isEmpty();
    }

    private static Stream<MatchResult> all(Pattern pattern) {
        return pattern.matcher(PAGE).results();
    }
}
