package org.casewire.ingest.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import org.casewire.ingest.keyword.PlainLanguage.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainFrenchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARRET",
                "Arrêt",
                "Arrêtez !",
                "arrêtez de m'envoyer des messages svp",
                "Arrête de m'écrire",
                "Arrêtez de me texter",
                "arrêtez les textos",
                "Ne m'envoyez plus de messages, merci",
                "ne me contactez plus",
                "Je ne veux plus recevoir de textos",
                "je veux plus de messages",
                "Désabonnez-moi",
                "Retirez-moi de votre liste",
                "enlevez mon numéro s'il vous plaît",
                "Laissez-moi tranquille"
            })
    void whoeverWantsNoMoreTextsOptsOut(String body) {
        assertThat(PlainLanguage.of(body)).isEqualTo(Meaning.OPT_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vous avez le mauvais numéro", "Vous vous êtes trompé de numéro"})
    void aWrongNumberIsForAPersonToDecide(String body) {
        assertThat(PlainLanguage.of(body)).isEqualTo(Meaning.UNSURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Je ne peux plus venir mardi",
                "L'autobus s'arrête devant chez vous ?",
                "Pouvez-vous m'envoyer le message encore une fois ?",
                "Envoyez-moi un rappel demain",
                "Je n'ai pas reçu votre texto",
                "Arrêtez-vous au bureau 12 ?",
                "Annulez mon rendez-vous de mardi",
                "Merci, à demain",
                "oui"
            })
    void everydayWordsMeanNothing(String body) {
        assertThat(PlainLanguage.of(body)).isEqualTo(Meaning.NOTHING);
    }
}
