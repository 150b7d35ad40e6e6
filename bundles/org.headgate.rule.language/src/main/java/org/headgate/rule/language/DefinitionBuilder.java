package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Builds the definitions of streams. */
final class DefinitionBuilder {
    private static final Map<String, Type> TYPES = Map.of(
            "BIGINT",
            Type.LONG,
            "FLOAT",
            Type.DOUBLE,
            "STRING",
            Type.STRING,
            "DATETIME",
            Type.ANY,
            "BOOLEAN",
            Type.BOOLEAN,
            "BYTEA",
            Type.BYTES);

    private DefinitionBuilder() {}

    static List<StreamDefinition> definitions(RuleSqlParser.DefinitionsContext tree) {
        List<StreamDefinition> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleSqlParser.DefinitionContext definition : tree.definition()) {
            StreamDefinition built = definition(definition);
            if (!names.add(built.name())) {
                throw TreeBuilder.wrong(
                        TreeBuilder.at(definition.name()),
                        "expected another name, " + built.name() + " is there already");
            }
            all.add(built);
        }
        return List.copyOf(all);
    }

    private static StreamDefinition definition(RuleSqlParser.DefinitionContext tree) {
        Map<String, String> options = new LinkedHashMap<>();
        for (RuleSqlParser.OptionContext option : tree.option()) {
            String value = option.STRING() == null
                    ? option.getStop().getText()
                    : ExpressionBuilder.unquoted(option.STRING().getText(), "");
            options.put(TreeBuilder.name(option.name()).toUpperCase(Locale.ROOT), value);
        }
        return new StreamDefinition(
                TreeBuilder.stream(tree.name()),
                tree.TABLE() != null,
                Schema.of(columns(tree.field())),
                tree.field().isEmpty(),
                Map.copyOf(options));
    }

    private static List<Column> columns(List<RuleSqlParser.FieldContext> fields) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleSqlParser.FieldContext field : fields) {
            String name = TreeBuilder.name(field.name());
            if (!names.add(name)) {
                throw TreeBuilder.wrong(
                        TreeBuilder.at(field.name()), "expected another name, " + name + " is there already");
            }
            columns.add(Column.of(name, type(field.type())));
        }
        return columns;
    }

    /** The type of a column. What an array or a struct is made of is checked, and not kept: its values know their types. */
    private static Type type(RuleSqlParser.TypeContext tree) {
        if (tree instanceof RuleSqlParser.ArrayTypeContext array) {
            type(array.type());
            return Type.ARRAY;
        }
        if (tree instanceof RuleSqlParser.StructTypeContext struct) {
            columns(struct.field());
            return Type.STRUCT;
        }
        String name = tree.getText().toUpperCase(Locale.ROOT);
        Type type = TYPES.get(name);
        if (type == null) {
            String hint = Texts.nearest(name, TYPES.keySet())
                    .map(nearest -> ": did you mean " + nearest + "?")
                    .orElse("");
            throw TreeBuilder.wrong(
                    TreeBuilder.at(tree),
                    "expected a type (BIGINT, FLOAT, STRING, DATETIME, BOOLEAN, BYTEA, ARRAY or STRUCT), found "
                            + tree.getText() + hint);
        }
        return type;
    }
}
