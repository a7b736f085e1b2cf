package org.casewire.frontdoor.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** The sign-in and sign-out pages. */
@Controller
@WithIdentity
class Pages {

    static final String SIGN_IN = "/login";
    static final String SIGN_OUT = "/logout";

    private static final String HTML = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";
    private static final String SIGN_IN_FORM = PageShell.part("sign-in.html");
    private static final String SIGN_OUT_FORM = PageShell.part("sign-out.html");
    private static final String WRONG =
            "<p class=\"wrong\" role=\"alert\" id=\"wrong\">The user id or the password is not right. Try again.</p>";
    private static final String LATE =
            "<p class=\"note\" role=\"alert\">This page stood open for too long. Sign in again.</p>";
    private static final String SIGNED_OUT = "<p class=\"note\" role=\"status\">You are signed out.</p>";
    private static final String DESCRIBED = " aria-describedby=\"wrong\" aria-invalid=\"true\"";

    @GetMapping(path = SIGN_IN, produces = HTML)
    @ResponseBody
    String signIn(HttpServletRequest request, @RequestAttribute("_csrf") CsrfToken csrf) {
        boolean wrong = request.getParameter("error") != null;
        return withToken(PageShell.around("Sign in", SIGN_IN_FORM), csrf)
                .replace("{{message}}", wrong ? WRONG : messageFor(request))
                .replace("{{described}}", wrong ? DESCRIBED : "");
    }

    @GetMapping(path = SIGN_OUT, produces = HTML)
    @ResponseBody
    String signOut(@RequestAttribute("_csrf") CsrfToken csrf) {
        return withToken(PageShell.around("Sign out", SIGN_OUT_FORM), csrf);
    }

    private static String messageFor(HttpServletRequest request) {
        if (request.getParameter("late") != null) {
            return LATE;
        }
        return request.getParameter("signed-out") == null ? "" : SIGNED_OUT;
    }

    private static String withToken(String page, CsrfToken csrf) {
        return page.replace("{{csrf-name}}", HtmlUtils.htmlEscape(csrf.getParameterName()))
                .replace("{{csrf}}", HtmlUtils.htmlEscape(csrf.getToken()));
    }
}
