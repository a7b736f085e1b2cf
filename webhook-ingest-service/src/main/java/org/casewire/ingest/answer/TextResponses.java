package org.casewire.ingest.answer;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.ingest.heard.Heard;
import org.casewire.ingest.keyword.Keywords;
import org.casewire.ingest.keyword.Line;
import org.springframework.stereotype.Component;

/**
 * Gives the site's text response: to people, once per conversation in each interval, and never to whom Twilio has
 * answered or who wants no more texts.
 */
@Component
public class TextResponses {

    /** More makes Twilio refuse the whole answer. */
    private static final int LONGEST = 1_600;

    private static final int REMEMBERED = 50_000;
    private static final Pattern PERSON = Pattern.compile("((whatsapp|rcs):)?\\+?\\d{7,15}");

    private final Sites sites;
    private final Heard heard;
    private final OptedOut optedOut;
    private final LoopGuard loops = new LoopGuard(REMEMBERED);

    TextResponses(Sites sites, Heard heard, OptedOut optedOut) {
        this.sites = sites;
        this.heard = heard;
        this.optedOut = optedOut;
    }

    /**
     * The answer to a text. It counts as given from now on.
     *
     * @param said what the text says of being texted
     */
    public Optional<String> to(MessageReceived text, Optional<ConsentChanged> said) {
        // Ahead of the log, so that the very next text finds it.
        said.ifPresent(optedOut::heard);
        return sites.find(text.site())
                .filter(site ->
                        site.textResponse() != null && !site.textResponse().isBlank())
                .filter(site -> wantsAnswer(text, site))
                .filter(site -> isPerson(text.contact()))
                .filter(site -> isTurn(text, site))
                .map(site -> cut(String.valueOf(site.textResponse())));
    }

    /** The answer could not be given after all. */
    public void takeBack(MessageReceived text) {
        heard.notAnswered(conversation(text), text.receivedAt());
    }

    private boolean wantsAnswer(MessageReceived text, SiteDocument site) {
        return text.keyword() != Keyword.STOP
                && !optedOut.contains(conversation(text))
                && !Keywords.isAnsweredByTwilio(
                        text.attributes().get("OptOutType"), text.keyword(), Line.of(site, text.to()));
    }

    /** Short codes and names are machines, and so are we. */
    private boolean isPerson(String contact) {
        return PERSON.matcher(contact).matches()
                && sites.all().stream()
                        .flatMap(site -> site.senders().stream())
                        .noneMatch(sender -> contact.equals(sender.number()));
    }

    private boolean isTurn(MessageReceived text, SiteDocument site) {
        Conversation conversation = conversation(text);
        Instant now = text.receivedAt();
        if (!loops.allows(conversation, text.body(), now)
                || !heard.mayAnswer(conversation, now, site.textResponseInterval())) {
            return false;
        }
        loops.answered(conversation, text.body(), now);
        return true;
    }

    private static Conversation conversation(MessageReceived text) {
        return new Conversation(text.site(), text.contact());
    }

    private static String cut(String answer) {
        if (answer.length() <= LONGEST) {
            return answer;
        }
        boolean splitsPair = Character.isHighSurrogate(answer.charAt(LONGEST - 1));
        return answer.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
    }
}
