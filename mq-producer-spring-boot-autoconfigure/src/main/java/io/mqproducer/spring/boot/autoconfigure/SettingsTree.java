package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/** The names of the properties that a class of settings stands for, as they are written in files. Immutable. */
final class SettingsTree {

    /** Takes any keys below itself. */
    private static final SettingsTree ANYTHING = new SettingsTree(Map.of(), true, null);

    /** Takes nothing below itself. */
    private static final SettingsTree NOTHING = new SettingsTree(Map.of(), false, null);

    private final Map<String, SettingsTree> children;
    private final boolean open;
    private final @Nullable SettingsTree ofEachKey;

    private SettingsTree(Map<String, SettingsTree> children, boolean open, @Nullable SettingsTree ofEachKey) {
        this.children = children;
        this.open = open;
        this.ofEachKey = ofEachKey;
    }

    static SettingsTree of(Class<?> settings) {
        Map<String, SettingsTree> children = new LinkedHashMap<>();
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(settings)) {
            if (!property.getName().equals("class")) {
                children.put(dashed(property.getName()), below(property));
            }
        }
        return new SettingsTree(children, false, null);
    }

    /** The same with other values, of no class: {@code a.b.c}. */
    SettingsTree with(List<String> values) {
        SettingsTree all = this;
        for (String value : values) {
            all = all.with(value);
        }
        return all;
    }

    private SettingsTree with(String value) {
        int dot = value.indexOf('.');
        String first = dot < 0 ? value : value.substring(0, dot);
        SettingsTree known = children.getOrDefault(first, NOTHING);
        Map<String, SettingsTree> more = new LinkedHashMap<>(children);
        more.put(first, dot < 0 ? ANYTHING : known.with(value.substring(dot + 1)));
        return new SettingsTree(more, false, ofEachKey);
    }

    private static SettingsTree below(PropertyDescriptor property) {
        Class<?> type = property.getPropertyType();
        if (property.getName().equals("instances")) {
            return new SettingsTree(Map.of(), false, of(ProducerSettings.class));
        }
        if (Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type)) {
            return ANYTHING;
        }
        return type.getPackage() == ProducerSettings.class.getPackage() ? of(type) : NOTHING;
    }

    private static String dashed(String property) {
        return property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    boolean hasChild(String name) {
        return children.containsKey(name);
    }

    /** The part below this name, in any spelling; null if there is none. */
    @Nullable
    SettingsTree child(String element) {
        if (ofEachKey != null) {
            return ofEachKey;
        }
        if (open) {
            return this;
        }
        return children.entrySet().stream()
                .filter(entry -> uniform(entry.getKey()).equals(uniform(element)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Whether a value may stand here. */
    boolean isValue() {
        return children.isEmpty();
    }

    /** All names that a value may have, from here on; of an open part only its own. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        children.forEach((name, below) -> {
            if (below.isValue()) {
                values.add(name);
            } else {
                below.values().forEach(each -> values.add(name + "." + each));
            }
        });
        return values;
    }

    /** Letters and digits only: how properties are compared. */
    static String uniform(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
