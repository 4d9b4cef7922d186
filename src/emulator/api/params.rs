//! A call's parameters, however they were sent, as typed requests.
//!
//! Telegram accepts JSON, forms, multipart and the query string. A request is decoded in parts: [`Params::take`] gives
//! a struct the fields it names, [`Params::decode`] the rest, so that methods can share options and an unknown field is
//! still noticed.

use std::collections::BTreeMap;

use axum::{
    extract::{FromRequest, Multipart, Query, RawForm, Request},
    http::header::CONTENT_TYPE,
};
use serde::de::{DeserializeOwned, Deserializer, Visitor, value::MapDeserializer};
use serde_json::Value;

use super::{error::ApiError, field::Field};

#[derive(Debug, Default)]
pub(crate) struct Params {
    fields: BTreeMap<String, Field>,
    uploads: BTreeMap<String, Upload>,
}

/// A file that came with the request.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: Option<String>,
    pub(crate) mime_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Params {
    pub(crate) async fn read(request: Request) -> Result<Self, ApiError> {
        let mut params = Self::default();
        let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).map_err(unreadable)?;
        params.add_pairs(query.0);
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let kind = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match kind.as_str() {
            "multipart/form-data" => params.add_multipart(request).await?,
            "application/json" => params.add_json(request).await?,
            "application/x-www-form-urlencoded" => params.add_form(request).await?,
            _ => {}
        }
        Ok(params)
    }

    fn add_pairs(&mut self, pairs: Vec<(String, String)>) {
        self.fields
            .extend(pairs.into_iter().map(|(name, value)| (name, Field::Text(value))));
    }

    async fn add_json(&mut self, request: Request) -> Result<(), ApiError> {
        let body = axum::body::Bytes::from_request(request, &())
            .await
            .map_err(unreadable)?;
        match serde_json::from_slice(&body).map_err(unreadable)? {
            Value::Null => {}
            Value::Object(fields) => {
                let given = fields.into_iter().filter(|(_, value)| !value.is_null());
                self.fields
                    .extend(given.map(|(name, value)| (name, Field::Json(value))));
            }
            _ => return Err(ApiError::Unreadable("object expected".to_owned())),
        }
        Ok(())
    }

    async fn add_form(&mut self, request: Request) -> Result<(), ApiError> {
        let RawForm(body) = RawForm::from_request(request, &()).await.map_err(unreadable)?;
        let body = String::from_utf8(body.into()).map_err(unreadable)?;
        let uri = format!("/?{body}").parse().map_err(unreadable)?;
        self.add_pairs(Query::try_from_uri(&uri).map_err(unreadable)?.0);
        Ok(())
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), ApiError> {
        let mut parts = Multipart::from_request(request, &()).await.map_err(unreadable)?;
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let mime_type = part.content_type().map(str::to_owned);
            if file_name.is_none() {
                let text = part.text().await.map_err(unreadable)?;
                self.fields.insert(field, Field::Text(text));
            } else {
                let bytes = part.bytes().await.map_err(unreadable)?.to_vec();
                let name = file_name.filter(|name| !name.is_empty());
                self.uploads.insert(
                    field,
                    Upload {
                        name,
                        mime_type,
                        bytes,
                    },
                );
            }
        }
        Ok(())
    }

    /// Decodes the fields that `T` names and leaves the others.
    pub(crate) fn take<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        T::deserialize(Taking(self)).map_err(unreadable)
    }

    /// Decodes everything left; refuses fields that `T` does not name.
    pub(crate) fn decode<T: DeserializeOwned>(mut self) -> Result<T, ApiError> {
        let request = self.take()?;
        self.done()?;
        Ok(request)
    }

    /// Refuses a request with fields left over.
    pub(crate) fn done(self) -> Result<(), ApiError> {
        match self.fields.into_keys().next() {
            Some(name) => Err(ApiError::UnknownField(name)),
            None => Ok(()),
        }
    }

    /// The file a field refers to, if it was sent along: as `attach://<part>`, or as the part of that name.
    pub(crate) fn upload(&mut self, reference: &str) -> Option<Upload> {
        self.uploads.remove(reference.strip_prefix("attach://")?)
    }

    /// The text of a field whose name depends on the call; a file part of that name counts as a reference to it.
    pub(crate) fn take_text(&mut self, name: &str) -> Result<Option<String>, ApiError> {
        match self.fields.remove(name) {
            Some(field) => serde::Deserialize::deserialize(field).map_err(unreadable),
            None => Ok(self
                .uploads
                .contains_key(name)
                .then(|| format!("attach://{name}"))),
        }
    }

    /// The chat the call is about, for the log; read before the request is decoded.
    pub(crate) fn chat(&self) -> Option<i64> {
        match self.fields.get("chat_id")? {
            Field::Text(text) => text.parse().ok(),
            Field::Json(value) => value.as_i64(),
        }
    }
}

fn unreadable(why: impl std::fmt::Display) -> ApiError {
    ApiError::Unreadable(why.to_string())
}

/// Deserializes a struct from just the fields it names.
struct Taking<'a>(&'a mut Params);

impl<'de> Deserializer<'de> for Taking<'_> {
    type Error = serde_json::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let fields = &mut self.0.fields;
        let taken = names
            .iter()
            .filter_map(|name| fields.remove(*name).map(|field| (*name, field)));
        visitor.visit_map(MapDeserializer::new(taken))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
