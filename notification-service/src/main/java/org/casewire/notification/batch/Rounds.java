package org.casewire.notification.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A batch cut so that one statement never meets the same key twice and every key keeps its order. */
public final class Rounds {

    private Rounds() {}

    /** The first of every key, then the second of those that have one, and so on. */
    public static <T> List<List<T>> of(List<T> batch, Function<T, ?> key) {
        List<List<T>> rounds = new ArrayList<>();
        Map<Object, Integer> met = new HashMap<>();
        for (T one : batch) {
            int round = met.merge(key.apply(one), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(one);
        }
        return rounds;
    }
}
