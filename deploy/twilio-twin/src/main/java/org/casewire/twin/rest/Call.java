package org.casewire.twin.rest;

import java.util.ArrayList;
import java.util.List;
import org.casewire.twin.account.Account;
import org.casewire.twin.http.Form;

/** One authenticated REST call. */
public final class Call {

    private final Account account;
    private final String path;
    private final List<String> variables;
    private final Form query;
    private final Form form;
    private final List<Runnable> afterwards = new ArrayList<>(1);

    Call(Account account, String path, List<String> variables, Form query, Form form) {
        this.account = account;
        this.path = path;
        this.variables = variables;
        this.query = query;
        this.form = form;
    }

    /** Who calls. */
    public Account account() {
        return account;
    }

    /** The path as called. */
    public String path() {
        return path;
    }

    /** What stands for the n-th placeholder of the route. */
    public String variable(int n) {
        return variables.get(n);
    }

    /** The query. */
    public Form query() {
        return query;
    }

    /** The form in the body. */
    public Form form() {
        return form;
    }

    /** Has something done once the answer is out. */
    public void afterwards(Runnable task) {
        afterwards.add(task);
    }

    /** Does now what was to be done afterwards, once. */
    public void answered() {
        List.copyOf(afterwards).forEach(Runnable::run);
        afterwards.clear();
    }

    /** The error for something that is not there. */
    public TwilioError notFound() {
        return Refusal.NOT_FOUND.error(path);
    }
}
