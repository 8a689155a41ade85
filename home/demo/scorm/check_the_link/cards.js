// The cards of the lesson. `address` is the link as the child sees it; `owner` is the part of it
// that says whose site it is. `right` is "open" or "leave". `id` is what the report calls the card.
"use strict";

window.CARDS = [
  {
    id: "karta-1-sayt-shkoly",
    story: "Учительница пишет в чат класса",
    details: "«Ребята, расписание на неделю лежит на сайте школы».",
    address: "https://ryabina.example/raspisanie",
    owner: "ryabina.example",
    right: "open",
    why: "После «https://» стоит ryabina.example – это сайт твоей школы. Слово после черты – просто страница на нём."
  },
  {
    id: "karta-2-pohozhaya-bukva",
    story: "Письмо: «Проверь оценки»",
    details: "«В дневнике появились новые оценки. Войди и посмотри».",
    address: "https://ryablna.example/dnevnik",
    owner: "ryablna.example",
    right: "leave",
    why: "Прочитай по буквам: ryablna, а не ryabina. Одну букву заменили похожей. Хозяин этого сайта – кто-то чужой."
  },
  {
    id: "karta-3-chast-shkolnogo-sayta",
    story: "Ссылка на доске объявлений в школе",
    details: "«Электронный дневник: домашние задания».",
    address: "https://dnevnik.ryabina.example/uroki",
    owner: "ryabina.example",
    right: "open",
    why: "Слева добавлено «dnevnik», но хозяин написан справа: ryabina.example. Дневник – это отдел сайта школы."
  },
  {
    id: "karta-4-znakomoe-slovo-vperedi",
    story: "Незнакомый человек пишет в игре",
    details: "«Школа дарит подарки всем, кто войдёт сегодня».",
    address: "https://ryabina.example.podarki.example/voyti",
    owner: "podarki.example",
    right: "leave",
    why: "Знакомое слово стоит впереди, но это приманка. Последние два слова перед чертой – podarki.example. Это и есть хозяин."
  },
  {
    id: "karta-5-srochnyy-priz",
    story: "На экране выскочило окно",
    details: "«Поздравляем, 10 000 монет твои! Забери за 5 минут, иначе приз сгорит!»",
    address: "https://igroteka-monety.example/priz",
    owner: "igroteka-monety.example",
    right: "leave",
    why: "Тебя торопят, чтобы некогда было подумать. И адрес другой: igroteka-monety.example – не то же, что igroteka.example."
  },
  {
    id: "karta-6-stranitsa-igroteki",
    story: "Друг советует игру",
    details: "«Смотри, вышла новая головоломка. Я вчера прошёл три уровня».",
    address: "https://igroteka.example/novinki/golovolomka",
    owner: "igroteka.example",
    right: "open",
    why: "Хозяин – igroteka.example, знакомый сайт с играми. Слова после черты только ведут к нужной странице."
  },
  {
    id: "karta-7-nadpis-na-knopke",
    story: "Письмо с кнопкой «Сайт школы „Рябина“»",
    details: "Ты наводишь курсор на кнопку, но не нажимаешь. Внизу виден настоящий адрес.",
    address: "https://ryabina.sbor-paroley.example/vhod",
    owner: "sbor-paroley.example",
    right: "leave",
    why: "На кнопке можно написать что угодно. Важно, куда она ведёт: хозяин этого адреса – sbor-paroley.example."
  },
  {
    id: "karta-8-korotkaya-ssylka",
    story: "Сообщение с неизвестного номера",
    details: "«Это ты на фото?? Смотри скорее».",
    address: "https://korotko.example/x7Qp",
    owner: "korotko.example",
    right: "leave",
    why: "Короткая ссылка прячет, куда ты попадёшь, а отправителя ты не знаешь. Не открывай и покажи сообщение взрослому."
  }
];
