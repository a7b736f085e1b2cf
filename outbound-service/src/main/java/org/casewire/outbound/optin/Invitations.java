package org.casewire.outbound.optin;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.outbound.gateway.TwilioProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Service;
import org.springframework.util.StringUtils;

/** Invites people by e-mail: a link to the form, and not a word of a text. */
@Service
class Invitations {

    private static final Logger log = LoggerFactory.getLogger(Invitations.class);
    private static final int SHOWN_DIGITS = 2;

    private final InvitationStore store;
    private final Links links;
    private final JavaMailSenderImpl mail;
    private final OptInProperties properties;
    private final String publicBaseUrl;
    private final Clock clock;

    Invitations(
            InvitationStore store,
            Links links,
            JavaMailSenderImpl mail,
            OptInProperties properties,
            TwilioProperties twilio,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.mail = mail;
        this.properties = properties;
        this.publicBaseUrl = String.valueOf(twilio.publicBaseUrl()).replaceAll("/+$", "");
        this.clock = clock;
    }

    /** @throws Problem when no e-mail can be sent */
    Invitation invite(SiteDocument site, Conversation person, InvitationRequest request, String by) {
        if (!StringUtils.hasText(mail.getHost())) {
            throw notConfigured("No mail server is set: spring.mail.host (and .port, .username, .password).");
        }
        String from = from();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Invitation invitation = new Invitation(
                UUID.randomUUID(),
                person,
                request.checkedEmail(),
                request.checkedName(),
                request.checkedLanguage(),
                request.checkedCategories(),
                by,
                now,
                now.plus(properties.validFor()),
                null);
        store.add(invitation);
        send(message(site, invitation, from), invitation);
        return invitation;
    }

    private String from() {
        if (properties.from() != null && !properties.from().isBlank()) {
            return properties.from();
        }
        String user = mail.getUsername();
        if (user == null || user.indexOf('@') < 0) {
            throw notConfigured("No sender is set for invitations: casewire.opt-in.from.");
        }
        return user;
    }

    private static Problem notConfigured(String what) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "MAIL_NOT_CONFIGURED",
                what + " Ask the operator of this installation to set it; until then nobody can be invited by e-mail.");
    }

    private void send(SimpleMailMessage message, Invitation invitation) {
        try {
            mail.send(message);
        } catch (MailException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            // The mail server's own words may quote the address.
            log.atWarn()
                    .addKeyValue("invitation", invitation.id())
                    .addKeyValue("failure", cause.getClass().getSimpleName())
                    .log("The mail server did not take an invitation");
            throw new Problem(
                    HttpStatus.BAD_GATEWAY,
                    "MAIL_FAILED",
                    "The mail server did not take the invitation. Check the address and try again; if it stays, the"
                            + " operator should look at spring.mail.*.");
        }
    }

    private SimpleMailMessage message(SiteDocument site, Invitation invitation, String from) {
        Language language =
                invitation.language().or(() -> Language.of(site.language())).orElse(Language.EN);
        String contact = invitation.person().contact();
        String ending = contact.substring(contact.length() - SHOWN_DIGITS);
        String sender = Senders.name(site);
        DateTimeFormatter date = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.of(language.tag(), "US"))
                .withZone(site.timeZone());
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(invitation.email());
        message.setSubject(language.say("mail.subject", sender, ending));
        message.setText(String.join(
                "\n\n",
                invitation.name() == null
                        ? language.say("mail.helloNobody")
                        : language.say("mail.hello", invitation.name()),
                language.say("mail.body", sender, ending),
                publicBaseUrl + "/opt-in/" + links.token(invitation.id(), invitation.expiresAt()),
                language.say("mail.until", date.format(invitation.expiresAt())),
                language.say("mail.ignore"),
                sender + "\n"));
        return message;
    }
}
