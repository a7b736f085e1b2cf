package org.casewire.frontdoor.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** The sign-in and sign-out pages: plain HTML that needs no script and nothing from elsewhere. */
@Controller
@WithIdentity
class Pages {

    static final String SIGN_IN = "/login";
    static final String SIGN_OUT = "/logout";

    private static final String STYLE = resource("style.css");

    /** The only thing a page may load is the style that stands in it. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PAGE = resource("page.html").replace("{{style}}", STYLE);
    private static final String SIGN_IN_FORM = resource("sign-in.html");
    private static final String SIGN_OUT_FORM = resource("sign-out.html");
    private static final String WRONG =
            "<p class=\"wrong\" role=\"alert\" id=\"wrong\">The user id or the password is not right. Try again.</p>";
    private static final String SIGNED_OUT = "<p class=\"note\" role=\"status\">You are signed out.</p>";

    @GetMapping(path = SIGN_IN, produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String signIn(HttpServletRequest request, @RequestAttribute("_csrf") CsrfToken csrf) {
        boolean wrong = request.getParameter("error") != null;
        boolean signedOut = request.getParameter("signed-out") != null;
        return page("Sign in", SIGN_IN_FORM, csrf)
                .replace("{{message}}", wrong ? WRONG : signedOut ? SIGNED_OUT : "")
                .replace("{{described}}", wrong ? " aria-describedby=\"wrong\" aria-invalid=\"true\"" : "");
    }

    @GetMapping(path = SIGN_OUT, produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String signOut(@RequestAttribute("_csrf") CsrfToken csrf) {
        return page("Sign out", SIGN_OUT_FORM, csrf);
    }

    private static String page(String title, String content, CsrfToken csrf) {
        return PAGE.replace("{{title}}", title)
                .replace("{{content}}", content)
                .replace("{{csrf-name}}", HtmlUtils.htmlEscape(csrf.getParameterName()))
                .replace("{{csrf}}", HtmlUtils.htmlEscape(csrf.getToken()));
    }

    private static String resource(String name) {
        try (var text = Pages.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("The page part " + name + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
