package io.mqproducer.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/** JSON by the Jackson that Boot brings: Jackson 3 on Boot 4, Jackson 2 on Boot 3.5. */
public final class BootJackson {

    private BootJackson() {}

    /** One whose mapper is as Boot configures it where the generations differ. */
    public static JsonMQMessageConverter converter() {
        return ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", null)
                ? Jackson3.converter()
                : Jackson2.converter();
    }

    private static final class Jackson3 {

        static JsonMQMessageConverter converter() {
            JsonMapper mapper = JsonMapper.builder().build();
            return new JsonMQMessageConverter(
                    mapper::writeValueAsBytes, (json, type) -> mapper.readValue(json, mapper.constructType(type)));
        }
    }

    private static final class Jackson2 {

        static JsonMQMessageConverter converter() {
            ObjectMapper mapper = com.fasterxml.jackson.databind.json.JsonMapper.builder()
                    .findAndAddModules()
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();
            return new JsonMQMessageConverter(
                    mapper::writeValueAsBytes, (json, type) -> mapper.readValue(json, mapper.constructType(type)));
        }
    }
}
