package org.casewire.ingest.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.casewire.events.Conversation;

/**
 * Tells a person from a machine that answers our answers. The interval between answers ends a quick loop; this ends a
 * slow one: the same words answered three times in a row, or twenty answers, within a day.
 */
final class LoopGuard {

    static final int SAME_WORDS = 3;
    static final int ANSWERS = 20;
    private static final Duration WITHIN = Duration.ofDays(1);

    private final Map<Conversation, Course> courses;

    LoopGuard(int most) {
        courses = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Conversation, Course> eldest) {
                return size() > most;
            }
        };
    }

    /** @param words of the text answered last, as a hash: the text itself is nobody's business here */
    private record Course(Instant since, int answers, int words, int sameWords) {

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WITHIN));
        }

        boolean allows(int nextWords) {
            return answers < ANSWERS && (nextWords != words || sameWords < SAME_WORDS);
        }

        Course next(int nextWords) {
            return new Course(since, answers + 1, nextWords, nextWords == words ? sameWords + 1 : 1);
        }
    }

    /** Whether it still looks like a person. */
    synchronized boolean allows(Conversation conversation, String body, Instant now) {
        Course course = courses.get(conversation);
        return course == null || course.isOver(now) || course.allows(words(body));
    }

    /** Notes an answer. */
    synchronized void answered(Conversation conversation, String body, Instant now) {
        Course course = courses.remove(conversation);
        int words = words(body);
        courses.put(
                conversation, course == null || course.isOver(now) ? new Course(now, 1, words, 1) : course.next(words));
    }

    private static int words(String body) {
        return body.strip().hashCode();
    }
}
