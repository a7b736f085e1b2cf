package org.casewire.ingest.webhook;

import java.util.List;
import java.util.Optional;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.Event;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.ingest.answer.CallResponses;
import org.casewire.ingest.answer.TextResponses;
import org.casewire.ingest.answer.Twiml;
import org.casewire.ingest.durable.DurableLog;
import org.casewire.ingest.durable.NotDurable;
import org.casewire.ingest.heard.Heard;
import org.casewire.ingest.keyword.SaidOfConsent;
import org.springframework.stereotype.Component;

/** Turns what was let in into events, and says what Twilio is to be answered once they are safe. */
@Component
class Intake {

    private final Sites sites;
    private final TextResponses responses;
    private final DurableLog log;
    private final Heard heard;
    private final Traces traces;

    Intake(Sites sites, TextResponses responses, DurableLog log, Heard heard, Traces traces) {
        this.traces = traces;
        this.sites = sites;
        this.responses = responses;
        this.log = log;
        this.heard = heard;
    }

    /** @throws InvalidForm when it lacks what the event needs */
    byte[] take(Kind kind, Webhook webhook) {
        return switch (kind) {
            case messages -> message(webhook);
            case status -> status(webhook);
            case calls -> call(webhook);
        };
    }

    private byte[] message(Webhook webhook) {
        MessageReceived text = ReceivedMessages.from(webhook, site(webhook));
        // Meanwhile the sweep may have found it, or Twilio may have tried again with success.
        if (webhook.isReplayed() && heard.knows(text.site(), text.sid())) {
            return Twiml.nothing();
        }
        Optional<String> answer = webhook.isReplayed() ? Optional.empty() : responses.to(text, SaidOfConsent.in(text));
        List<Event> events = ReceivedMessages.events(answer.map(text::answered).orElse(text));
        heard.arriving(text.site(), text.sid());
        try {
            log.append(events, webhook.traceParent());
            heard.published(text.site(), text.sid(), text.receivedAt());
        } catch (NotDurable lost) {
            answer.ifPresent(given -> responses.takeBack(text));
            throw lost;
        } finally {
            heard.arrived(text.site(), text.sid());
        }
        return answer.map(Twiml::message).orElseGet(Twiml::nothing);
    }

    private byte[] status(Webhook webhook) {
        DeliveryReported report = DeliveryReports.from(webhook);
        log.append(report, webhook.traceParent());
        traces.heard(report.site(), report.contact(), webhook.traceParent());
        return new byte[0];
    }

    private byte[] call(Webhook webhook) {
        log.append(ReceivedCalls.from(webhook), webhook.traceParent());
        return CallResponses.of(site(webhook));
    }

    private SiteDocument site(Webhook webhook) {
        return sites.find(webhook.site()).orElseThrow();
    }
}
