package org.casewire.ingest.keyword;

import java.util.List;
import java.util.Optional;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.InboundEvent.MessageReceived;

/** Finds in a received text what it says about being texted. */
public final class SaidOfConsent {

    private static final String OPT_OUT_TYPE = "OptOutType";

    private SaidOfConsent() {}

    /** The change of consent a text asks for, with the text as evidence; most texts ask for none. */
    public static Optional<ConsentChanged> in(MessageReceived text) {
        return switch (text.keyword()) {
            case STOP -> Optional.of(changed(text, State.OPTED_OUT, Source.KEYWORD));
            case START ->
                Keywords.isSureStart(text.attributes().get(OPT_OUT_TYPE), text.body())
                        ? Optional.of(changed(text, State.OPTED_IN, Source.KEYWORD))
                        : Optional.empty();
            case HELP -> Optional.empty();
            case NONE ->
                switch (PlainLanguage.of(text.body())) {
                    case OPT_OUT -> Optional.of(changed(text, State.OPTED_OUT, Source.PLAIN_LANGUAGE));
                    case UNSURE -> Optional.of(changed(text, State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE));
                    case NOTHING -> Optional.empty();
                };
        };
    }

    private static ConsentChanged changed(MessageReceived text, State state, Source source) {
        return new ConsentChanged(
                text.site(),
                text.contact(),
                state,
                source,
                List.of(),
                new Evidence(text.sid(), text.body(), null, null),
                text.receivedAt());
    }
}
