//! One parameter. In forms everything is text, so numbers and objects are JSON inside it.

use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde_json::{Error, Value};

#[derive(Debug, Clone)]
pub(crate) enum Field {
    Json(Value),
    Text(String),
}

impl Field {
    /// The field as JSON; text that is not JSON stands for itself.
    fn into_value(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Text(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// The field if a string is expected: text that happens to look like JSON stays text.
    fn into_words(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Text(text) => Value::String(text),
        }
    }
}

impl IntoDeserializer<'_, Error> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.into_value().deserialize_any(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.into_words().deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.into_words().deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Json(Value::Null) => visitor.visit_none(),
            field => visitor.visit_some(field),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_words().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[test]
    fn text_from_a_form_becomes_what_is_expected() {
        let text = |text: &str| Field::Text(text.to_owned());
        assert_eq!(String::deserialize(text("12")).unwrap(), "12");
        assert_eq!(Option::<i64>::deserialize(text("12")).unwrap(), Some(12));
        assert!(bool::deserialize(text("true")).unwrap());
        assert_eq!(Vec::<String>::deserialize(text(r#"["a"]"#)).unwrap(), ["a"]);
        assert!(i64::deserialize(text("twelve")).is_err());
    }
}
