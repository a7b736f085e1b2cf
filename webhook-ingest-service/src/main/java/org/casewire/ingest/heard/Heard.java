package org.casewire.ingest.heard;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.events.Conversation;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/**
 * What was published on {@code sms.inbound} in the last days, by this instance or another. It follows the log at its
 * own pace and never stands in a webhook's way: before the log was read, nothing is known.
 */
@Service
@EnableConfigurationProperties(HeardProperties.class)
public class Heard {

    private final KnownTexts texts;
    private final Answered answered;
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();

    Heard(HeardProperties properties) {
        this.texts = new KnownTexts(properties.mostTexts());
        this.answered = new Answered(properties.mostConversations());
    }

    /** Whether a text of that SID has been published lately. */
    public boolean knows(String site, String sid) {
        return texts.contains(site, sid);
    }

    /** Every text that was published since then is known, as far as the log has been read. */
    public Instant completeFrom() {
        return texts.completeFrom();
    }

    /** When somebody was last given a text response, or is being given one by this instance. */
    public Optional<Instant> lastAnswered(Conversation conversation) {
        return answered.at(conversation);
    }

    /** Notes that somebody is being answered, ahead of the log. */
    public void answering(Conversation conversation, Instant at) {
        answered.note(conversation, at);
    }

    /**
     * Notes that somebody is being answered unless that happened within the interval: of texts that come in at once,
     * one gets true.
     */
    public boolean mayAnswer(Conversation conversation, Instant now, Duration interval) {
        return answered.claim(conversation, now, interval);
    }

    /** The answer noted for that moment was not given after all. */
    public void notAnswered(Conversation conversation, Instant at) {
        answered.takeBack(conversation, at);
    }

    /** Notes that this instance is making a text durable. */
    public void arriving(String site, String sid) {
        arriving.add(site + '|' + sid);
    }

    /** It is no longer: it is durable or it is not. */
    public void arrived(String site, String sid) {
        arriving.remove(site + '|' + sid);
    }

    /** Whether a text of that SID is known, or is being made known by this instance. */
    public boolean expects(String site, String sid) {
        return arriving.contains(site + '|' + sid) || knows(site, sid);
    }

    /** Notes that this instance has made a text durable, ahead of the log. */
    public void published(String site, String sid, Instant now) {
        texts.add(site, sid, now.toEpochMilli());
    }

    void heard(Inbound text, long publishedMillis) {
        texts.add(text.site(), text.sid(), publishedMillis);
        if (text.answer() != null) {
            answered.note(new Conversation(text.site(), text.contact()), text.receivedAt());
        }
    }

    void forgetBefore(Instant time) {
        texts.forgetBefore(time.toEpochMilli());
    }
}
