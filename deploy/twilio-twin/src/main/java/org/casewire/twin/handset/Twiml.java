package org.casewire.twin.handset;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.casewire.twin.webhook.WebhookOutcome.Answered;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads what a webhook answered: TwiML, or plain text that is sent back as it stands. */
final class Twiml {

    private static final int NO_CONTENT_TYPE = 12300;
    private static final int BAD_XML = 12100;

    /** A text to send back. */
    record Reply(String text, List<String> mediaUrls) {}

    /** An answer Twilio cannot use, with its code for that. */
    static final class Unusable extends Exception {
        private final int code;

        Unusable(int code) {
            super("TwiML error " + code, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private Twiml() {}

    static List<Reply> replies(Answered answer) throws Unusable {
        String type = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (answer.text().isBlank()) {
            return List.of();
        }
        return switch (type) {
            case "text/plain" -> List.of(new Reply(answer.text().strip(), List.of()));
            case "text/xml", "application/xml", "text/html" -> messages(answer.bytes());
            default -> throw new Unusable(NO_CONTENT_TYPE);
        };
    }

    private static List<Reply> messages(byte[] xml) throws Unusable {
        Element response = parse(xml).getDocumentElement();
        if (!response.getTagName().equals("Response")) {
            throw new Unusable(BAD_XML);
        }
        return children(response, "Message").stream()
                .map(Twiml::reply)
                .filter(reply -> !reply.text().isEmpty() || !reply.mediaUrls().isEmpty())
                .toList();
    }

    private static Reply reply(Element message) {
        List<String> media = children(message, "Media").stream()
                .map(element -> element.getTextContent().strip())
                .toList();
        List<Element> bodies = children(message, "Body");
        String text = bodies.isEmpty() ? ownText(message) : bodies.getFirst().getTextContent();
        return new Reply(text.strip(), media);
    }

    private static String ownText(Element element) {
        StringBuilder text = new StringBuilder();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            short type = nodes.item(i).getNodeType();
            if (type == Node.TEXT_NODE || type == Node.CDATA_SECTION_NODE) {
                text.append(nodes.item(i).getNodeValue());
            }
        }
        return text.toString();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static Document parse(byte[] xml) throws Unusable {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException | java.io.IOException e) {
            throw new Unusable(BAD_XML);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java parses XML", e);
        }
    }
}
