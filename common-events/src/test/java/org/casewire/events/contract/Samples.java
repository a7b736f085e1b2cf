package org.casewire.events.contract;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.casewire.events.Event;

/** One of each event, as the code makes them. */
final class Samples {

    private Samples() {}

    /** Fails with a sentence about the event whose record no longer takes what its sample always left out. */
    static List<Event> ofTheCode(Supplier<Stream<Event>> samples) {
        try {
            return samples.get().toList();
        } catch (RuntimeException | ExceptionInInitializerError refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new AssertionError(
                    "The sample of %s can no longer be made: %s. Programs that leave a field out must go on working: give it a default instead of requiring it."
                            .formatted(
                                    refusing(cause),
                                    Objects.requireNonNullElse(cause.getMessage(), "it lacks what is required now")),
                    refused);
        }
    }

    /** The record whose constructor said no. */
    private static String refusing(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .filter(frame -> frame.getMethodName().equals("<init>"))
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("org.casewire.events."))
                .map(name -> name.substring(name.replace('$', '.').lastIndexOf('.') + 1))
                .findFirst()
                .orElse("an event");
    }
}
