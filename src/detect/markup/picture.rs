//! Pictures: where they come from, how large they are, whether anybody is meant to see them.

use std::cmp::Ordering;
use std::ops::Range;

use crate::decode::base64;
use crate::document::attachment::look::{FIRST_BYTES, Look, look};
use crate::document::form::{FileKind, Hiding, Origin, Purpose};
use crate::document::markup::{Address, Element};
use crate::document::style::Length;
use crate::document::{Attachment, Markup};

use super::form::PictureTrait;

/// A picture of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The element; `None` if it is behind all that a style sheet means.
    pub element: Option<usize>,
    /// Numbers of its addresses among those of the markup.
    pub addresses: Vec<usize>,
    /// What can be said of it.
    pub traits: Vec<PictureTrait>,
    /// Its width in percent of the body, where it can be told.
    pub percent: Option<f32>,
    /// The link that it is in.
    pub link: Option<usize>,
    /// Number of the address of that link.
    pub link_address: Option<usize>,
}

/// Something of this many pixels is not meant to be seen.
const UNSEEN: f32 = 2.0;

/// What the pictures of a page are asked with.
struct Page<'p> {
    markup: &'p Markup<'p>,
    /// The text of each address of the markup.
    addresses: &'p [&'p str],
    attachments: &'p [Attachment],
    body_width: f32,
    /// The width that there is inside each element, in pixels, where it can be told.
    room: Vec<Option<f32>>,
    /// The link that each element is in.
    links: Vec<Option<usize>>,
    /// The address that each element leads to.
    leads_to: Vec<Option<usize>>,
    /// Whether what is not displayed may be on some screens.
    swaps: bool,
}

/// The pictures of a page in order. `texts` are the texts of the blocks of the document.
pub fn pictures(
    markup: &Markup<'_>,
    texts: &[&str],
    attachments: &[Attachment],
    body_width: u32,
) -> Vec<Picture> {
    let has_address = markup.addresses.iter().any(|address| address.purpose == Purpose::Picture);
    if !has_address && !markup.elements.iter().any(is_picture) {
        return Vec::new();
    }
    let text = |address: &Address| texts.get(address.block).and_then(|text| text.get(address.range.clone()));
    let addresses: Vec<&str> =
        markup.addresses.iter().map(|address| text(address).unwrap_or_default()).collect();
    let body_width = body_width.max(1) as f32;
    let (room, links) = (room(markup, body_width), links(markup));
    let swaps = (markup.declarations.iter()).any(|one| {
        one.origin == Origin::ConditionalSheet && one.property == "display" && one.value != "none"
    });
    let mut leads_to: Vec<Option<usize>> = vec![None; markup.elements.len()];
    for (number, address) in markup.addresses.iter().enumerate() {
        if let (Purpose::Link, Some(element)) = (address.purpose, address.element) {
            leads_to[element].get_or_insert(number);
        }
    }
    let page = Page { markup, addresses: &addresses, attachments, body_width, room, links, leads_to, swaps };
    let mut of_element: Vec<Vec<usize>> = vec![Vec::new(); markup.elements.len()];
    let mut pictures = Vec::new();
    for (number, address) in markup.addresses.iter().enumerate() {
        match address.element {
            _ if address.purpose != Purpose::Picture => {}
            Some(element) if is_picture(&markup.elements[element]) => of_element[element].push(number),
            element => pictures.push(page.background(element, number)),
        }
    }
    for (at, addresses) in of_element.into_iter().enumerate() {
        if is_picture(&markup.elements[at]) {
            pictures.push(page.picture(at, addresses));
        }
    }
    pictures
}

fn is_picture(element: &Element<'_>) -> bool {
    element.name == "img"
}

impl Page<'_> {
    fn background(&self, element: Option<usize>, address: usize) -> Picture {
        let mut traits = vec![PictureTrait::Background, self.source_of(&[address])];
        traits.extend(self.kind_of(&[address]));
        Picture { element, addresses: vec![address], traits, percent: None, link: None, link_address: None }
    }

    fn picture(&self, at: usize, addresses: Vec<usize>) -> Picture {
        let element = &self.markup.elements[at];
        let mut traits = vec![self.visibility_of(element, &addresses), self.source_of(&addresses)];
        traits.extend(self.kind_of(&addresses));
        let link = self.links[at];
        if link.is_some() {
            traits.push(PictureTrait::Linked);
        }
        if self.lacks_alt(element, link) {
            traits.push(PictureTrait::WithoutAlt);
        }
        let percent = self.percent_of(element, &addresses);
        let link_address = link.and_then(|link| self.leads_to[link]);
        Picture { element: Some(at), addresses, traits, percent, link, link_address }
    }

    fn visibility_of(&self, element: &Element<'_>, addresses: &[usize]) -> PictureTrait {
        let is_tiny = |length: Option<Length>| matches!(length, Some(Length::Pixels(size)) if size <= UNSEEN);
        let style = &element.style;
        let pixels = self.look_of(addresses).pixels;
        let is_dot =
            style.width.is_none() && style.height.is_none() && pixels.is_some_and(|(x, y)| x <= 2 && y <= 2);
        // What hides letters only, their size and their colour, hides no picture.
        let is_hidden = match style.hiding {
            Some(Hiding::NoDisplay) => !self.swaps,
            Some(Hiding::Invisible | Hiding::Offscreen) => true,
            _ => false,
        };
        match (is_tiny(style.width) || is_tiny(style.max_width), is_tiny(style.height)) {
            _ if is_hidden || is_dot => PictureTrait::Unseen,
            (true, true) => PictureTrait::Unseen,
            // Without the other measure the picture keeps its form, so that a dot stays a dot.
            (true, false) if style.height.is_none() => PictureTrait::Unseen,
            (false, true) if style.width.is_none() => PictureTrait::Unseen,
            (true, false) | (false, true) => PictureTrait::Thin,
            (false, false) => PictureTrait::Seen,
        }
    }

    fn source_of(&self, addresses: &[usize]) -> PictureTrait {
        let is_remote = |address: &&str| {
            let address = address.trim_start();
            let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
            address.starts_with("//") || matches!(scheme.as_str(), "http" | "https" | "ftp")
        };
        let is_any_remote =
            addresses.iter().map(|address| self.addresses[*address]).any(|address| is_remote(&address));
        if is_any_remote { PictureTrait::Remote } else { PictureTrait::Local }
    }

    fn kind_of(&self, addresses: &[usize]) -> Vec<PictureTrait> {
        let look = self.look_of(addresses);
        let is_gif = match look.kind {
            Some(kind) => kind == FileKind::Gif,
            None => addresses.iter().any(|address| is_gif(self.addresses[*address])),
        };
        let is_animated = look.is_animated == Some(true);
        let gif = is_gif.then_some(PictureTrait::Gif);
        gif.into_iter().chain(is_animated.then_some(PictureTrait::Animated)).collect()
    }

    /// What the picture shows itself to be, where its bytes are at hand: attached, or written into its address.
    fn look_of(&self, addresses: &[usize]) -> Look {
        if let Some(attached) = self.attached(addresses) {
            let (kind, pixels) = (attached.looks_like, attached.pixels);
            return Look { kind, pixels, is_animated: attached.is_animated };
        }
        let mut data = addresses.iter().filter_map(|address| data(self.addresses[*address]));
        data.next().map_or(Look::default(), |data| look(&base64::first_bytes(data, FIRST_BYTES)))
    }

    /// The attachment that is shown.
    fn attached(&self, addresses: &[usize]) -> Option<&Attachment> {
        let ids = addresses.iter().filter_map(|address| self.addresses[*address].trim().strip_prefix("cid:"));
        let mut ids = ids.filter(|id| !id.is_empty());
        let id = ids.next()?;
        self.attachments.iter().find(|attachment| attachment.content_id.as_deref() == Some(id))
    }

    fn lacks_alt(&self, element: &Element<'_>, link: Option<usize>) -> bool {
        match element.attribute("alt") {
            None => {
                !["aria-hidden", "aria-label", "title"].iter().any(|name| element.attribute(name).is_some())
                    && !matches!(element.attribute("role"), Some("presentation" | "none"))
            }
            Some(alt) if alt.trim().is_empty() => link.is_some_and(|link| self.is_all_of(link)),
            Some(_) => false,
        }
    }

    /// Whether a link holds no text and has no name of its own, so that its picture is all that it is.
    fn is_all_of(&self, link: usize) -> bool {
        let element = &self.markup.elements[link];
        let has_name = ["aria-label", "title"].iter().any(|name| element.attribute(name).is_some());
        let has_text = self.markup.runs.binary_search_by(|run| match () {
            () if run.range.end <= element.text.start => Ordering::Less,
            () if run.range.start >= element.text.end => Ordering::Greater,
            () => Ordering::Equal,
        });
        !has_name && has_text.is_err()
    }

    fn percent_of(&self, element: &Element<'_>, addresses: &[usize]) -> Option<f32> {
        let style = &element.style;
        let around = match element.parent {
            Some(parent) => self.room[parent],
            None => Some(self.body_width),
        };
        let pixels = |length: Option<Length>| match length? {
            Length::Pixels(pixels) => Some(pixels),
            Length::Percent(share) => around.map(|around| around * share / 100.0),
        };
        let own = self.look_of(addresses).pixels.map(|(across, _)| across as f32);
        let width = if style.width.is_some() { pixels(style.width) } else { own };
        let most = pixels(style.max_width);
        let width = match (width, most) {
            (Some(width), Some(most)) => Some(width.min(most)),
            (width, _) => width,
        };
        width.map(|width| width * 100.0 / self.body_width)
    }
}

/// The letters of a picture that is written into its address: `data:image/gif;base64,…`.
fn data(address: &str) -> Option<&[u8]> {
    let (head, letters) = address.trim().split_once(',')?;
    let head = head.to_ascii_lowercase();
    (head.starts_with("data:") && head.ends_with(";base64")).then_some(letters.as_bytes())
}

/// Whether an address names a GIF.
fn is_gif(address: &str) -> bool {
    let address = address.trim().as_bytes();
    if address.get(..14).is_some_and(|start| start.eq_ignore_ascii_case(b"data:image/gif")) {
        return true;
    }
    let end = address.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(address.len());
    let begins_data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"data:"));
    let ending = end.checked_sub(4).and_then(|start| address.get(start..end));
    !begins_data && ending.is_some_and(|ending| ending.eq_ignore_ascii_case(b".gif"))
}

/// The link that each element is in.
fn links(markup: &Markup<'_>) -> Vec<Option<usize>> {
    let mut links: Vec<Option<usize>> = Vec::with_capacity(markup.elements.len());
    for (at, element) in markup.elements.iter().enumerate() {
        let is_link =
            element.name == "a" && element.attribute("href").is_some_and(|href| !href.trim().is_empty());
        let around = element.parent.and_then(|parent| links.get(parent).copied().flatten());
        links.push(if is_link { Some(at) } else { around });
    }
    links
}

/// The width inside each element in pixels. What a cell without a width gets of its row cannot be told.
fn room(markup: &Markup<'_>, body_width: f32) -> Vec<Option<f32>> {
    let mut cells = vec![0_usize; markup.elements.len()];
    for element in &markup.elements {
        if let Some(parent) = element.parent.filter(|_| is_cell(element)) {
            cells[parent] += 1;
        }
    }
    let mut room: Vec<Option<f32>> = Vec::with_capacity(markup.elements.len());
    for element in &markup.elements {
        let around = match element.parent {
            Some(parent) => room.get(parent).copied().flatten(),
            None => Some(body_width),
        };
        let pixels = |length: Length| match length {
            Length::Pixels(pixels) => Some(pixels),
            Length::Percent(share) => around.map(|around| around * share / 100.0),
        };
        let has_neighbours = is_cell(element) && element.parent.is_some_and(|parent| cells[parent] > 1);
        let own = match element.style.width {
            Some(width) => pixels(width),
            None if has_neighbours => None,
            None => around,
        };
        let most = element.style.max_width.and_then(pixels);
        room.push(match (own, most) {
            (Some(own), Some(most)) => Some(own.min(most)),
            (own, _) => own,
        });
    }
    room
}

fn is_cell(element: &Element<'_>) -> bool {
    matches!(&*element.name, "td" | "th")
}

/// The file name of an address, without its query, as far as it tells something.
pub fn file_name(address: &str) -> Range<usize> {
    if address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
        return 0..0;
    }
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let host = address.find("//").map_or(0, |slashes| slashes + 2);
    let path = address[host.min(end)..end]
        .find('/')
        .map_or(if host == 0 { 0 } else { end }, |slash| host + slash + 1);
    let start = address[path..end].rfind('/').map_or(path, |slash| path + slash + 1);
    start..end
}
