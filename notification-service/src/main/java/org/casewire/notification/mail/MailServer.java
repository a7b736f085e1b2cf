package org.casewire.notification.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The way out: SMTP as {@code spring.mail.*} says, if it names a host. */
@Component
class MailServer {

    private static final int PERMANENT = 500;

    private final JavaMailSenderImpl smtp;
    private final Optional<InternetAddress> from;

    MailServer(JavaMailSenderImpl smtp, MailProperties properties) {
        this.smtp = smtp;
        this.from = Recipients.read(properties.from());
    }

    /** What became of an e-mail. */
    sealed interface Outcome {

        /** The server has it. */
        record Taken() implements Outcome {}

        /** The server will not deliver to that address. */
        record Refused() implements Outcome {}

        /** @param mayHaveLeft false when the server surely did not get it */
        record Failed(String failure, boolean mayHaveLeft) implements Outcome {}
    }

    /** Whether there is a server and an address to write from. */
    boolean isConfigured() {
        return StringUtils.hasText(smtp.getHost()) && from.isPresent();
    }

    /** Returns when the server answered, or did not in time. */
    Outcome send(UUID mailId, InternetAddress to, Letter letter, Instant now) {
        try {
            smtp.send(written(smtp.createMimeMessage(), mailId, to, letter, now));
            return new Outcome.Taken();
        } catch (MailAuthenticationException wrongCredentials) {
            return new Outcome.Failed("user name or password refused", false);
        } catch (MailSendException failure) {
            return outcome(failure);
        } catch (MailException | MessagingException failure) {
            return new Outcome.Failed(failure.getClass().getSimpleName(), true);
        }
    }

    /** The id stays the same when it is sent again, so that a mailbox can tell. */
    private MimeMessage written(MimeMessage message, UUID mailId, InternetAddress to, Letter letter, Instant now)
            throws MessagingException {
        InternetAddress sender = from.orElseThrow();
        String address = sender.getAddress();
        message.setFrom(sender);
        message.setRecipient(RecipientType.TO, to);
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Message-ID", "<" + mailId + address.substring(address.lastIndexOf('@')) + ">");
        return message;
    }

    private static Outcome outcome(MailSendException failure) {
        Exception why = Stream.concat(
                        Stream.of(failure.getMessageExceptions()), Stream.ofNullable((Exception) failure.getCause()))
                .findFirst()
                .orElse(failure);
        if (why instanceof SendFailedException refusal) {
            return addressIsRefused(refusal) ? new Outcome.Refused() : new Outcome.Failed("not accepted", false);
        }
        return new Outcome.Failed(why.getClass().getSimpleName(), !(why instanceof MailConnectException));
    }

    /** For good, and not because a mailbox is full or the server is busy. */
    private static boolean addressIsRefused(Exception refusal) {
        for (Exception next = refusal; next instanceof MessagingException one; next = one.getNextException()) {
            if (one instanceof SMTPAddressFailedException address) {
                return address.getReturnCode() >= PERMANENT;
            }
        }
        return false;
    }
}
