package org.casewire.ops.letter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a letter's id as {@code list} writes it. */
final class IdReader implements ITypeConverter<Letter.Id> {

    private static final Pattern ID = Pattern.compile("(.+?)(?:\\.dlt)?/(\\d{1,6})/(\\d{1,18})");

    @Override
    public Letter.Id convert(String words) {
        Matcher id = ID.matcher(words);
        if (!id.matches()) {
            throw new TypeConversionException(
                    "'" + words + "' is not a letter's id: topic/partition/offset, such as sms.send-queue/3/42");
        }
        return new Letter.Id(id.group(1), Integer.parseInt(id.group(2)), Long.parseLong(id.group(3)));
    }
}
