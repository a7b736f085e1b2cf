package org.casewire.frontdoor.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** What a browser shows when a sign-in was asked for wrongly; Boot looks for a view of this name. */
@Component("error")
@WithIdentity
class ErrorPage implements View {

    private static final String CONTENT = "<p>The sign-in was not asked for the way it should be.</p>"
            + "<p><a href=\"/\">Go to the home page</a> and sign in from there.</p>";

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(getContentType());
        response.getWriter().write(PageShell.around("This did not work", CONTENT));
    }
}
