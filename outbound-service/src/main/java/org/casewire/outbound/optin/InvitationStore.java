package org.casewire.outbound.optin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns the tables of invitations and of the key their links are signed with. */
@Repository
class InvitationStore {

    private static final String ADD = """
            INSERT INTO opt_in_invitation (id, site, contact, email, name, language, categories, invited_by, created_at,
                                           expires_at)
            VALUES (:id, :site, :contact, :email, :name, :language, string_to_array(:categories, ','), :invitedBy,
                    :createdAt::timestamptz, :expiresAt::timestamptz)
            """;

    private static final String FIND = "SELECT * FROM opt_in_invitation WHERE id = :id";

    private static final String USE =
            "UPDATE opt_in_invitation SET used_at = :at::timestamptz WHERE id = :id AND used_at IS NULL";

    private static final String OFFER_KEY = "INSERT INTO opt_in_key (secret) VALUES (:secret) ON CONFLICT DO NOTHING";

    private static final String KEY = "SELECT secret FROM opt_in_key";

    private final JdbcClient jdbc;

    InvitationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Invitation invitation) {
        jdbc.sql(ADD)
                .param("id", invitation.id())
                .param("site", invitation.person().site())
                .param("contact", invitation.person().contact())
                .param("email", invitation.email())
                .param("name", invitation.name())
                .param("language", invitation.language().map(Language::tag).orElse(""))
                .param(
                        "categories",
                        String.join(
                                ",",
                                invitation.categories().stream()
                                        .map(Category::name)
                                        .toList()))
                .param("invitedBy", invitation.invitedBy())
                .param("createdAt", invitation.createdAt().toString())
                .param("expiresAt", invitation.expiresAt().toString())
                .update();
    }

    Optional<Invitation> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(InvitationStore::invitation).optional();
    }

    /** @return false when it was used before; of two at once only one gets true */
    boolean use(UUID id, Instant at) {
        return jdbc.sql(USE).param("id", id).param("at", at.toString()).update() == 1;
    }

    /** The key all instances share: the offered one, unless another was there before. */
    byte[] key(byte[] offered) {
        jdbc.sql(OFFER_KEY).param("secret", offered).update();
        return jdbc.sql(KEY).query(byte[].class).single();
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        String[] categories = (String[]) row.getArray("categories").getArray();
        return new Invitation(
                row.getObject("id", UUID.class),
                new Conversation(row.getString("site"), row.getString("contact")),
                row.getString("email"),
                row.getString("name"),
                Language.of(row.getString("language")),
                Arrays.stream(categories).map(Category::valueOf).toList(),
                row.getString("invited_by"),
                Columns.time(row, "created_at"),
                Columns.time(row, "expires_at"),
                Columns.timeOrNull(row, "used_at"));
    }
}
